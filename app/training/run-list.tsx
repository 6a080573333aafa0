import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/ui/data-table.tsx';
import { languageOf } from '#app/ui/language.ts';
import { DateOn } from '#app/ui/when.tsx';
import { useWords } from '#app/ui/words.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';

type ListedRun = {
  id: string;
  reference: string;
  code: string;
  title: LocalizedText;
  startsOn: string;
  endsOn: string;
  host: LocalizedText;
  side: Side | null;
};

interface RunListProps<Row extends ListedRun> {
  caption: string;
  rows: readonly Row[];
  /** Where the name of the course leads. */
  href: (row: Row) => string;
  /** The last column: what this list is about. */
  head: string;
  cell: (row: Row) => ReactNode;
}

/** Runs of courses: what, when, where, and the one thing the list is about. */
export function RunList<Row extends ListedRun>({ caption, rows, href, head, cell }: RunListProps<Row>) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  const { city } = useWords();
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'course',
          head: t('list.course'),
          rowHeader: true,
          cell: (row) => (
            <>
              <a href={href(row)}>{row.title[language]}</a>
              <div className="note">{row.code}</div>
            </>
          ),
        },
        { key: 'dates', head: t('list.dates'), cell: (row) => <DateOn on={row.startsOn} to={row.endsOn} /> },
        {
          key: 'host',
          head: t('list.host'),
          cell: (row) => (row.side ? `${row.host[language]}, ${city[row.side]}` : row.host[language]),
        },
        { key: 'state', head, cell },
      ]}
    />
  );
}
