import { useTranslation } from 'react-i18next';
import type { Change } from '#app/platform/difference.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { formatDate, formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { APPLICANT_KINDS, DIRECTIONS } from '#db/schema/exchanges.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { inLanguage } from '../localized.ts';
import { type Spot, spotOfPath, useSpotNames } from './call-places.ts';
import type { CallContent } from './call-schema.ts';

const INSTANTS: readonly string[] = ['opensAt', 'deadline', 'nominateBy', 'answerBy'];

interface CallChangesProps {
  changes: readonly Change[];
  /** The texts compared, the newer first: their documents and criteria are called by their titles. */
  texts: readonly CallContent[];
  institutions: readonly { id: string; shortName: LocalizedText }[];
}

/** What one version says otherwise than the one before, place by place. */
export function CallChanges({ changes, texts, institutions }: CallChangesProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const nameOf = useSpotNames();
  const rows = changes.flatMap((change) => {
    const spot = spotOfPath(change.path);
    return spot ? [{ ...change, place: nameOf({ ...spot, which: titled(spot) }) }] : [];
  });
  return (
    <DataTable
      caption={t('signature.text')}
      rows={rows}
      rowKey={(row) => row.path}
      columns={[
        { key: 'place', head: t('signature.place'), cell: (row) => row.place },
        { key: 'before', head: t('signature.before'), cell: (row) => shown(row.path, row.before) },
        { key: 'after', head: t('signature.after'), cell: (row) => shown(row.path, row.after) },
      ]}
    />
  );

  function titled({ place, which }: Spot): string | undefined {
    if (which === undefined || place === 'grade') return which;
    for (const { documents, rubric } of texts) {
      const list = place === 'documents' ? documents : (rubric?.criteria ?? []);
      const found = list.find(({ code }) => code === which);
      if (found) return inLanguage(found.title, language);
    }
    return which;
  }

  function shown(path: string, value: unknown): string {
    if (value === undefined || value === null) return t('signature.nothing');
    const [, head = ''] = path.split('/');
    if (typeof value === 'boolean') return flag(head, value);
    if (typeof value !== 'string') return String(value);
    if (INSTANTS.includes(head)) return formatWhen(value, language);
    if (head === 'stayFrom' || head === 'stayUntil') return formatDate(value, language);
    if (head === 'signerIn' || head === 'signerRu') {
      const found = institutions.find(({ id }) => id === value);
      return found ? inLanguage(found.shortName, language) : value;
    }
    if (head === 'deadlineZone')
      return t(`draft.zones.${value === 'Asia/Kolkata' ? value : 'Europe/Moscow'}`);
    const direction = DIRECTIONS.find((one) => head === 'direction' && one === value);
    if (direction) return t(`direction.${direction}`);
    const kind = APPLICANT_KINDS.find((one) => head === 'eligible' && one === value);
    return kind ? t(`eligible.${kind}`) : value;
  }

  function flag(head: string, value: boolean): string {
    if (head === 'blindReview') return t(value ? 'draft.blind' : 'draft.open');
    return t(value ? 'call.required' : 'call.optional');
  }
}
