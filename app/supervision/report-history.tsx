import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { History, type HistoryEntry } from '#app/ui/history.tsx';
import { languageOf } from '#app/ui/language.ts';
import type { ReportView } from './queries.ts';

/** Audit codes of a report that its people read, by the key of their words. */
const WORDS = {
  'progress-report.start': 'start',
  'progress-report.submit': 'submit',
  'progress-report.return': 'return',
  'progress-report.opinion': 'opinion',
  'progress-report.open-opinions': 'open-opinions',
  'progress-report.propose': 'propose',
  'progress-report.revise': 'revise',
  'progress-report.decide': 'decide',
  'version.signed': 'signed',
} as const;

const isTold = (code: string): code is keyof typeof WORDS => Object.hasOwn(WORDS, code);

/** What happened to a report and by whom, the newest first. */
export function ReportHistory({ history }: { history: ReportView['history'] }) {
  const { t, i18n } = useTranslation('supervision');
  const language = languageOf(i18n);
  const entries = history.flatMap(({ id, at, code, name }): HistoryEntry[] => {
    if (!isTold(code)) return [];
    const what = t(`history.${WORDS[code]}`);
    const who = name && personName(name, language);
    return [{ key: id, at, what: who ? t('history.by', { what, name: who }) : what }];
  });
  if (entries.length === 0) return <p className="note">{t('thesis.noHistory')}</p>;
  return <History entries={entries} />;
}
