import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '#app/ui/format-size.ts';
import { languageOf } from '#app/ui/language.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { BegunApplication } from './application-queries.ts';
import { stepOf } from './application-steps.ts';
import { inLanguage } from './localized.ts';

type Answer = { field: string; label: string; value: ReactNode };

/** What was answered, each with the link that changes it and with what is still wrong. */
export function AnswerList({
  page,
  problems,
}: {
  page: BegunApplication;
  /** Sentences by field. */
  problems: Record<string, string[]>;
}) {
  const { t, i18n } = useTranslation(['exchanges', 'common']);
  const language = languageOf(i18n);
  const { call, draft, documents, homes, hosts, sponsored, endorsement } = page;
  // What the portal knows by itself cannot be changed here.
  const fixed = [
    ...(sponsored ? [] : ['homeInstitutionId']),
    ...(hosts.length > 1 ? [] : ['hostInstitutionId']),
  ];
  const nameOf = (id: string | null) => {
    const found = [...homes, ...hosts].find((one) => one.id === id);
    return found && inLanguage(found.shortName, language);
  };
  const answers: Answer[] = [
    { field: 'title', label: t('apply.field.title'), value: draft.title },
    {
      field: 'workPlan',
      label: t('apply.field.workPlan'),
      value: draft.workPlan && (
        <div className="whitespace-pre-line" lang={draft.workPlanLocale}>
          {draft.workPlan}
        </div>
      ),
    },
    {
      field: 'homeInstitutionId',
      label: t('apply.field.homeInstitutionId'),
      value: nameOf(draft.homeInstitutionId),
    },
    {
      field: 'hostInstitutionId',
      label: t('apply.field.hostInstitutionId'),
      value: nameOf(draft.hostInstitutionId),
    },
    {
      field: 'wish1',
      label: t('apply.laboratories'),
      value: draft.laboratoryWishes.length > 0 && (
        <ol>
          {draft.laboratoryWishes.map((wish) => (
            <li key={wish}>{wish}</li>
          ))}
        </ol>
      ),
    },
    {
      field: 'wishedStart',
      label: t('apply.field.wishedStart'),
      value: draft.wishedStart && <DateOn on={draft.wishedStart} />,
    },
    { field: 'weeks', label: t('apply.stay'), value: draft.weeks && t('weeks', { count: draft.weeks }) },
    {
      field: 'endorsement',
      label: t('apply.step.endorsement'),
      value: endorsement && endorsement.state !== 'taken-back' && (
        <>
          {draft.homeSupervisor} <span className="note">{t(`endorsement.state.${endorsement.state}`)}</span>
          {endorsement.state === 'given' && (
            <div className="whitespace-pre-line" lang={endorsement.locale ?? undefined}>
              {endorsement.words}
            </div>
          )}
        </>
      ),
    },
    ...call.documents.map((asked) => {
      const given = documents.find((document) => document.kind === asked.code);
      return {
        field: `document.${asked.code}`,
        label: inLanguage(asked.title, language),
        value: given && (
          <>
            <a href={`/files/${given.fileId}`}>{given.name}</a>{' '}
            <span className="note">{formatSize(given.size, language)}</span>
          </>
        ),
      };
    }),
    {
      field: 'declarations',
      label: t('apply.step.declarations'),
      value: draft.declaredAt && draft.consentAt && t('checkAnswers.declared'),
    },
  ];
  return (
    <dl>
      {answers.map(({ field, label, value }) => (
        <div
          key={field}
          className="grid gap-x-6 gap-y-1 border-b border-line py-3 last:border-b-0 md:grid-cols-[14rem_1fr_auto]"
        >
          <dt className="text-soft">{label}</dt>
          <dd>
            {value || (
              <span className="note">
                {t(field === 'wish1' ? 'checkAnswers.none' : 'checkAnswers.missing')}
              </span>
            )}
            {problems[field] && (
              <p className="field-error">
                <span aria-hidden="true">✕ </span>
                {problems[field].join(' ')}
              </p>
            )}
          </dd>
          {!fixed.includes(field) && (
            <dd>
              <a
                href={`/calls/${call.reference}/apply/${stepOf(field)}#${field}`}
                aria-label={t('checkAnswers.changeWhat', { what: label })}
              >
                {t('checkAnswers.change')}
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
