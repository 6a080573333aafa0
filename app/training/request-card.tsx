import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import type { PersonRow } from './routes/people.tsx';

/** What one enrolment asks of this coordinator, and the answer: yes, or no with a reason. */
export function RequestCard({ row, refused }: { row: PersonRow; refused: Refused | undefined }) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { enrolment, asks } = row;
  const name = personName(row, language);
  const mine = refused?.values.enrolment === enrolment.id ? refused : undefined;
  const ask = (kind: 'sponsor' | 'evidence') => (
    <PortalForm
      key={kind}
      id={`${kind}-${enrolment.id}`}
      hidden={{ enrolment: enrolment.id, revision: enrolment.revision }}
      label={t(`request.${kind}`)}
    >
      <TextArea
        id={`reason-${kind}-${enrolment.id}`}
        name="reason"
        label={t('request.reason')}
        hint={t('request.reasonHint')}
        value={mine?.values.reason ?? ''}
        error={fieldError(mine, 'reason')}
        rows={2}
        optional
      />
      <div className="actions">
        <SubmitButton name="intent" value={kind === 'sponsor' ? 'agree' : 'accept-evidence'}>
          {t(`request.${kind}Yes`)}
        </SubmitButton>
        <SubmitButton
          kind="quiet"
          name="intent"
          value={kind === 'sponsor' ? 'decline-sponsorship' : 'refuse-evidence'}
        >
          {t(`request.${kind}No`)}
        </SubmitButton>
      </div>
    </PortalForm>
  );
  return (
    <Card title={t('request.title', { name })} tone="act" id={`request-${enrolment.id}`}>
      {row.organisation && <p>{t('request.organisation', { organisation: row.organisation })}</p>}
      {asks.sponsor && (
        <>
          <p>{t('request.sponsorText', { institution: row.institution[language] })}</p>
          {ask('sponsor')}
        </>
      )}
      {asks.evidence && (
        <>
          <p>{t('request.evidenceText')}</p>
          <p className="why whitespace-pre-line wrap-anywhere">{enrolment.evidence}</p>
          {enrolment.evidenceFileId && (
            <p>
              <a href={`/files/${enrolment.evidenceFileId}`}>{t('request.file')}</a>
            </p>
          )}
          {ask('evidence')}
        </>
      )}
    </Card>
  );
}
