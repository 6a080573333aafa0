import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { CAPACITIES, type Capacity } from './capacities.ts';
import type { LaidVersion, PlacementPage } from './placement-queries.ts';

/** The capacity a form names; one it does not know is nobody's, and refused as such. */
export function capacityOfForm(sent: string | undefined): Capacity {
  return CAPACITIES.find((one) => one === sent) ?? 'participant';
}

/**
 * Signing and sending back, in each capacity the reader stands in and has not signed as. Whoever has signed may still
 * send it back until all have signed, but signs in no second capacity.
 */
export function SignForms({
  page,
  laid,
  capacities,
  comments,
  error,
}: {
  page: PlacementPage;
  laid: LaidVersion;
  capacities: readonly Capacity[];
  comments: string;
  error: string | undefined;
}) {
  const { t } = useTranslation('placements');
  const held = page.capacities.filter((one) => capacities.includes(one));
  const standing = laid.signatures.filter((one) => one.voidedAt === null);
  const free = held.filter((one) => !standing.some((given) => given.as === one));
  const [first] = held;
  if (!first) return null;
  const { hash, number } = laid.version;
  return (
    <>
      {free.map((capacity) => (
        <Card
          key={capacity}
          title={t('signature.signAs', { capacity: t(`capacity.${capacity}`) })}
          tone="act"
        >
          <p>{t('signature.note', { number, hash: hash.slice(0, 12) })}</p>
          <PortalForm hidden={{ intent: 'sign', hash, as: capacity }}>
            <FormActions>
              <SubmitButton>{t('signature.sign', { number })}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      ))}
      {free.length === 0 && <p className="note mb-3">{t('signature.given')}</p>}
      <Card title={t('signature.refuseTitle')} id="refuse">
        <PortalForm hidden={{ intent: 'refuse', hash, as: first }}>
          <TextArea
            name="comments"
            label={t('signature.comments')}
            hint={t('signature.commentsHint')}
            value={comments}
            {...(error ? { error } : {})}
            rows={4}
          />
          <FormActions>
            <SubmitButton kind="stop">{t('signature.refuse')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
