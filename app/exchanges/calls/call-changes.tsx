import { useTranslation } from 'react-i18next';
import type { Change } from '#app/platform/difference.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';

/** The parts of a call's content that have a word of their own in the form. */
const PLACES = [
  'title',
  'summary',
  'conditions',
  'areas',
  'eligible',
  'direction',
  'opensAt',
  'deadline',
  'nominateBy',
  'answerBy',
  'stayFrom',
  'stayUntil',
  'weeksMin',
  'weeksMax',
  'placesToRu',
  'placesToIn',
  'documents',
  'signerIn',
  'signerRu',
] as const;
const INSTANTS: readonly string[] = ['opensAt', 'deadline', 'nominateBy', 'answerBy'];

/** What one version says otherwise than the one before, place by place. */
export function CallChanges({ changes }: { changes: readonly Change[] }) {
  const { t, i18n } = useTranslation(['exchanges', 'common']);
  const language = languageOf(i18n);
  const rows = changes.map((change) => {
    const [, head = '', ...rest] = change.path.split('/');
    const last = rest.at(-1);
    const inLanguage = last === 'en' || last === 'ru' ? `, ${t(`common:languageName.${last}`)}` : '';
    return { ...change, head, place: `${placeOf(head, rest)}${inLanguage}` };
  });
  const shown = (head: string, value: unknown) => {
    if (value === undefined || value === null) return t('signature.nothing');
    if (INSTANTS.includes(head) && typeof value === 'string') return formatWhen(value, language);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return (
    <DataTable
      caption={t('signature.text')}
      rows={rows}
      rowKey={(row) => row.path}
      columns={[
        { key: 'place', head: t('signature.place'), cell: (row) => row.place },
        { key: 'before', head: t('signature.before'), cell: (row) => shown(row.head, row.before) },
        { key: 'after', head: t('signature.after'), cell: (row) => shown(row.head, row.after) },
      ]}
    />
  );

  function placeOf(head: string, rest: string[]): string {
    if (head === 'costs') return t(rest[0] === 'ru' ? 'draft.costsRu' : 'draft.costsIn');
    if (head === 'deadlineZone') return t('draft.zone');
    const known = PLACES.find((place) => place === head);
    return known ? t(`draft.${known}`) : head;
  }
}
