import type { TFunction } from 'i18next';
import { formatDate } from '#app/ui/format-when.ts';
import type { Language } from '#app/ui/language.ts';
import type { AskedDocument } from '#db/schema/exchanges.ts';
import type { Locale, LocalizedText } from '#db/schema/shared.ts';
import type { ApplicationContent } from './application-content.ts';
import { inLanguage } from './localized.ts';

/** One part of an application in words; `lang` where somebody typed it in a known language. */
export type ContentRow = { key: string; label: string; text: string; lang?: Locale };

/** What the words of an application's content are made with. */
export type ContentWords = {
  t: TFunction<['exchanges', 'common']>;
  language: Language;
  institutions: readonly { id: string; name: LocalizedText }[];
  asked: readonly AskedDocument[];
};

/** An application's content in the reader's words, part by part: for comparing versions, and for paper. */
export function contentRows(
  content: Partial<ApplicationContent>,
  { t, language, institutions, asked }: ContentWords,
): ContentRow[] {
  const institution = (id: string | null | undefined) => {
    const found = institutions.find((one) => one.id === id);
    return found ? inLanguage(found.name, language) : '';
  };
  const titleOf = (kind: string) => {
    const found = asked.find((one) => one.code === kind);
    return found ? inLanguage(found.title, language) : kind;
  };
  const planLanguage = content.workPlanLocale ?? 'en';
  const { endorsement } = content;
  const rows: ContentRow[] = [
    { key: 'title', label: t('apply.field.title'), text: content.title ?? '', lang: planLanguage },
    { key: 'workPlan', label: t('apply.field.workPlan'), text: content.workPlan ?? '', lang: planLanguage },
    { key: 'home', label: t('record.home'), text: institution(content.homeInstitutionId) },
    { key: 'host', label: t('record.host'), text: institution(content.hostInstitutionId) },
    {
      key: 'laboratories',
      label: t('apply.laboratories'),
      text: (content.laboratoryWishes ?? []).map((wish, index) => `${index + 1}. ${wish}`).join('\n'),
    },
    {
      key: 'wishedStart',
      label: t('apply.field.wishedStart'),
      text: content.wishedStart ? formatDate(content.wishedStart, language) : '',
    },
    { key: 'weeks', label: t('apply.stay'), text: content.weeks ? t('weeks', { count: content.weeks }) : '' },
    { key: 'homeSupervisor', label: t('record.homeSupervisor'), text: content.homeSupervisor ?? '' },
    {
      key: 'endorsement',
      label: t('apply.step.endorsement'),
      text: endorsement?.words ?? '',
      ...(endorsement?.locale === 'en' || endorsement?.locale === 'ru' ? { lang: endorsement.locale } : {}),
    },
    {
      key: 'documents',
      label: t('record.documents'),
      // Eight digits of the hash tell two files of one name apart.
      text: (content.documents ?? [])
        .map(({ kind, name, hash }) => `${titleOf(kind)}: ${name} (${hash.slice(0, 8)})`)
        .join('\n'),
    },
  ];
  return rows;
}
