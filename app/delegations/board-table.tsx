import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell } from '#app/travel/assess-readiness.ts';
import { reasonOf } from '#app/travel/readiness-words.ts';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import type { Say } from '#app/ui/say.ts';
import type { LocalizedText } from '#db/schema/shared.ts';

type BoardCell = Cell & { daysLeft: number | null };
type BoardRow = {
  id: string;
  role: 'head' | 'member' | 'speaker' | 'poster' | 'student' | 'interpreter' | 'accompanying';
  latin: string;
  cyrillic: string;
  confirmed: boolean;
  tone: Cell['tone'];
  first: Cell | null;
  /** The day to which the start of a red journey has to move. */
  earliestStart: string | null;
  cells: BoardCell[];
};

/** A sentence with its full stop, where an abbreviation has not brought one along. */
const ended = (text: string) => (text.endsWith('.') ? text : `${text}.`);

/** People by requirements, each with what fails first under the name. A cell shows its sign, where there is still time the days left; the sentence is read aloud. */
export function BoardTable({
  reference,
  rows,
  columns,
  titles,
  empty,
}: {
  reference: string;
  rows: readonly BoardRow[];
  columns: readonly { code: string; title: string }[];
  /** Of every requirement that a sentence may name. */
  titles: Readonly<Record<string, LocalizedText>>;
  empty: ReactNode;
}) {
  const { t, i18n } = useTranslation(['delegations', 'travel']);
  const language = languageOf(i18n);
  const say = t as unknown as Say;
  // The same few sentences stand in thousands of cells: each is put together once.
  const told = new Map<string, string>();
  const once = (key: string, tell: () => string) => {
    const text = told.get(key) ?? tell();
    told.set(key, text);
    return text;
  };
  const sentence = (cell: Cell) =>
    once(JSON.stringify([cell.reason, cell.params]), () => reasonOf(cell, titles, language, say));
  const tone = (cell: Cell) => once(cell.tone, () => t(`travel:tone.${cell.tone}`));
  const failing = ({ tone: whole, earliestStart }: BoardRow, first: Cell) => (
    <>
      {`${ended(`${titles[first.code]?.[language] ?? first.code}: ${sentence(first)}`)} `}
      {whole === 'risk' && first.actBy && (
        <b>{t('board.actBy', { date: formatDate(first.actBy, language) })}</b>
      )}
      {earliestStart && <b>{t('travel:move.to', { date: formatDate(earliestStart, language) })}</b>}
    </>
  );
  return (
    <DataTable
      caption={t('board.caption')}
      phone="scroll"
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'delegate',
          head: t('board.delegateAndFirst'),
          rowHeader: true,
          cell: (row) => (
            <>
              <a href={`/delegations/${reference}/people/${row.id}`}>{row.latin || row.cyrillic}</a>
              <div className="note">
                {t(`role.${row.role}`)}
                {row.latin && row.cyrillic && ` · ${row.cyrillic}`}
                {row.cyrillic && !row.confirmed && ` (${t('board.unconfirmed')})`}
              </div>
              {row.first && <p className="fails">{failing(row, row.first)}</p>}
            </>
          ),
        },
        ...columns.map(({ code, title }, index) => ({
          key: code,
          head: title,
          align: 'center' as const,
          cell: (row: BoardRow) => {
            const cell = row.cells[index];
            if (!cell) return null;
            const days = cell.tone === 'risk' && cell.daysLeft !== null && cell.daysLeft >= 0;
            const open = cell.tone === 'risk' || cell.tone === 'stop';
            const label = open ? `${tone(cell)}: ${sentence(cell)}` : sentence(cell);
            return (
              <Chip tone={cell.tone} label={label}>
                {days ? (
                  <span aria-hidden="true">{t('board.days', { count: cell.daysLeft ?? 0 })}</span>
                ) : undefined}
              </Chip>
            );
          },
        })),
      ]}
    />
  );
}
