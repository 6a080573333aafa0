import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

/** Under every step's form: on to the next step, or back to the list with what was typed; and where autosave speaks. */
export function StepActions() {
  const { t } = useTranslation('exchanges');
  return (
    <>
      <FormActions>
        <SubmitButton name="intent" value="continue">
          {t('apply.saveAndContinue')}
        </SubmitButton>
        <SubmitButton kind="quiet" name="intent" value="save">
          {t('apply.saveAndList')}
        </SubmitButton>
      </FormActions>
      <output className="note" />
    </>
  );
}

/** Where a step asks nothing: on to the next one. */
export function StepLinks({ next, here }: { next: string; here: string }) {
  const { t } = useTranslation('exchanges');
  return (
    <div className="actions">
      <ButtonLink href={`${here}/${next}`}>{t('apply.continue')}</ButtonLink>
      <ButtonLink href={here} kind="quiet">
        {t('apply.toList')}
      </ButtonLink>
    </div>
  );
}
