import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '#app/ui/format-size.ts';
import { languageOf } from '#app/ui/language.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { applyPage } from './calls/call-queries.ts';
import { inLanguage } from './localized.ts';
import type { Application } from './scope.ts';

type Page = Awaited<ReturnType<typeof applyPage>> & { draft: Application };

/** What was answered, each with the link that changes it. */
export function AnswerList({ page }: { page: Page }) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, draft, documents, homes, hosts, sponsored } = page;
  // What the portal knows by itself cannot be changed here.
  const fixed = [
    ...(sponsored ? [] : ['homeInstitutionId']),
    ...(hosts.length > 1 ? [] : ['hostInstitutionId']),
  ];
  const nameOf = (id: string | null) => {
    const found = [...homes, ...hosts].find((one) => one.id === id);
    return found && inLanguage(found.shortName, language);
  };
  const answers: { field: string; label: string; value: ReactNode }[] = [
    { field: 'title', label: t('apply.field.title'), value: draft.title },
    {
      field: 'workPlan',
      label: t('apply.field.workPlan'),
      value: (
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
      field: 'wishedStart',
      label: t('apply.field.wishedStart'),
      value: draft.wishedStart && <DateOn on={draft.wishedStart} />,
    },
    {
      field: 'weeks',
      label: t('apply.stay'),
      value: draft.weeks && t('weeks', { count: draft.weeks }),
    },
    { field: 'homeSupervisor', label: t('apply.field.homeSupervisor'), value: draft.homeSupervisor },
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
  ];
  return (
    <dl>
      {answers.map(({ field, label, value }) => (
        <div
          key={field}
          className="grid gap-x-6 gap-y-1 border-b border-line py-3 last:border-b-0 md:grid-cols-[14rem_1fr_auto]"
        >
          <dt className="text-soft">{label}</dt>
          <dd>{value || <span className="note">{t('checkAnswers.missing')}</span>}</dd>
          {!fixed.includes(field) && (
            <dd>
              <a
                href={`/calls/${call.reference}/apply#${field}`}
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
