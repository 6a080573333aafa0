import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDate, formatDeadline } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import type { AskedEndorsement } from './endorsement-queries.ts';
import { inLanguage } from './localized.ts';

/** What a supervisor is asked about, and the form of the answer; after it, what was answered. */
export function EndorsementForm({
  page,
  editable,
  values,
  errorOf,
}: {
  page: AskedEndorsement;
  /** Whether the application still waits for an answer. */
  editable: boolean;
  values: Record<string, string | undefined>;
  errorOf: (field: string) => string | undefined;
}) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { endorsement, record, host, call, until } = page;
  const open = endorsement.state === 'asked' && editable;
  const stay =
    record.weeks && record.wishedStart
      ? t('stay', {
          length: t('weeks', { count: record.weeks }),
          start: formatDate(record.wishedStart, language),
        })
      : '—';
  const facts: Fact[] = [
    { term: t('record.applicant'), value: personName(page.applicant, language) },
    { term: t('record.call'), value: inLanguage(call.title, language) },
    { term: t('record.host'), value: host?.name ? inLanguage(host.name, language) : '—' },
    ...(record.laboratoryWishes.length > 0
      ? [{ term: t('apply.laboratories'), value: record.laboratoryWishes.join(' · ') }]
      : []),
    { term: t('record.wish'), value: stay },
  ];
  return (
    <>
      {open && (
        <p className="turn-until mb-4">
          <span>{t('endorsement.until', { when: formatDeadline(until, language) })}</span>
        </p>
      )}
      <Card title={t('endorsement.plan')}>
        <Facts facts={facts} />
        <h3>
          <TypedLine text={record.title || t('list.untitled')} />
        </h3>
        <div className="prose whitespace-pre-line" lang={record.workPlanLocale}>
          {record.workPlan}
        </div>
      </Card>
      {open ? (
        <Card title={t('endorsement.answer')} tone="act">
          <PortalForm>
            <Radios
              name="decision"
              label={t('endorsement.decision')}
              options={(['give', 'refuse'] as const).map((value) => ({
                value,
                label: t(`endorsement.${value}`),
                hint: t(`endorsement.${value}Hint`),
              }))}
              value={values.decision}
              error={errorOf('decision')}
            />
            <TextArea
              name="words"
              label={t('endorsement.words')}
              hint={t('endorsement.wordsHint')}
              value={values.words}
              error={errorOf('words')}
              rows={6}
            />
            <FormActions>
              <SubmitButton>{t('endorsement.submit')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      ) : (
        <Answered endorsement={endorsement} />
      )}
    </>
  );
}

function Answered({ endorsement }: { endorsement: AskedEndorsement['endorsement'] }) {
  const { t } = useTranslation('exchanges');
  const { state, words, locale } = endorsement;
  return (
    <Card title={t('endorsement.answer')}>
      {state === 'asked' && <p>{t('endorsement.over')}</p>}
      {state === 'given' && <p>{t('endorsement.answeredGiven')}</p>}
      {state === 'refused' && <p>{t('endorsement.answeredRefused')}</p>}
      {state === 'taken-back' && <p>{t('endorsement.answeredTakenBack')}</p>}
      {words && state !== 'taken-back' && (
        <p className="whitespace-pre-line" lang={locale ?? undefined}>
          {words}
        </p>
      )}
    </Card>
  );
}
