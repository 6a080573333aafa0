import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { formatMonth } from './format-month.ts';
import { LanguageField } from './language-field.tsx';
import type { PlacementPage } from './placement-queries.ts';

/** The participant's note of one month, written or written anew. */
export function NoteForm({
  month,
  known,
  refused,
}: {
  month: string;
  known: PlacementPage['notes'][number] | undefined;
  refused: Refused | undefined;
}) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  const error = fieldError(refused, 'words');
  const title = t(known ? 'note.change' : 'note.write', { month: formatMonth(month, language) });
  return (
    <Card title={title}>
      <PortalForm
        hidden={{
          intent: 'note',
          month,
          revision: refused ? refused.values.revision : (known?.revision ?? ''),
        }}
        label={title}
      >
        <TextArea
          name="words"
          id={refused ? 'words' : `words-${month}`}
          label={t('note.words')}
          hint={t('note.hint')}
          value={refused?.values.words ?? known?.words ?? ''}
          rows={5}
          {...(error ? { error } : {})}
        />
        <LanguageField id={`locale-${month}`} value={refused?.values.locale ?? known?.locale ?? language} />
        <FormActions>
          <SubmitButton kind={known ? 'quiet' : 'act'}>{t('note.save')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </Card>
  );
}
