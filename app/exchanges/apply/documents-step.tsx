import { useTranslation } from 'react-i18next';
import { Card } from '#app/ui/card.tsx';
import { FileInput } from '#app/ui/file-input.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatSize } from '#app/ui/format-size.ts';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { inLanguage } from '../localized.ts';
import { DOCUMENT_MAX } from '../schemas.ts';
import { StepLinks } from './step-actions.tsx';
import type { StepProps } from './step-props.ts';

/** What browsers offer to choose; the portal judges by content. */
const ACCEPT = '.pdf,.jpg,.jpeg,.png,.docx';

/** The documents a call asks for, each with a form of its own: one upload never takes another with it. */
export function DocumentsStep({ form, errorOf, here }: StepProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, documents } = form;
  return (
    <>
      {call.documents.length === 0 && (
        <Card>
          <p>{t('documents.none')}</p>
        </Card>
      )}
      {call.documents.map(({ code, title, required }) => {
        const given = documents.find((document) => document.kind === code);
        const label = inLanguage(title, language);
        return (
          <Card key={code} title={label}>
            {given && (
              <p>
                <a href={`/files/${given.fileId}`}>{given.name}</a>{' '}
                <span className="note">
                  {t('documents.version', {
                    number: given.number,
                    size: formatSize(given.size, language),
                    when: formatWhen(given.createdAt, language),
                  })}
                </span>
              </p>
            )}
            <PortalForm hidden={{ kind: code }} encType="multipart/form-data" upload label={label}>
              <FileInput
                name={`document.${code}`}
                label={t(given ? 'documents.replace' : 'documents.choose')}
                hint={t('documents.hint')}
                accept={ACCEPT}
                maxBytes={DOCUMENT_MAX}
                error={errorOf(`document.${code}`)}
                optional={!required || given !== undefined}
              />
              <FormActions>
                <SubmitButton kind={given ? 'quiet' : 'act'} pending={t('documents.uploading')}>
                  {t(given ? 'documents.uploadNew' : 'documents.upload')}
                </SubmitButton>
              </FormActions>
            </PortalForm>
          </Card>
        );
      })}
      <StepLinks next="declarations" here={here} />
    </>
  );
}
