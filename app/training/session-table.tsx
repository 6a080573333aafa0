import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '#app/ui/data-table.tsx';
import { calendarDateOf } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { DateOn, When } from '#app/ui/when.tsx';
import type { LocalizedText, Side } from '#db/schema/shared.ts';

export type ShownSession = { id: string; number: number; title: LocalizedText; startsAt: Date; endsAt: Date };

/** The sessions of a run, their beginning and end by both cities' clocks. */
export function SessionTable({
  sessions,
  side,
  caption,
  action,
}: {
  sessions: readonly ShownSession[];
  /** The host's side: its clock comes first. */
  side: Side;
  /** Names the table where a page shows several. */
  caption?: string;
  action?: { head: string; cell: (session: ShownSession) => ReactNode };
}) {
  const { t, i18n } = useTranslation('training');
  const language = languageOf(i18n);
  if (sessions.length === 0) return <p className="note">{t('session.none')}</p>;
  return (
    <DataTable
      caption={caption ?? t('session.title')}
      rows={sessions}
      rowKey={(session) => session.id}
      columns={[
        {
          key: 'title',
          head: t('session.what'),
          rowHeader: true,
          cell: (session) => session.title[language],
        },
        {
          key: 'day',
          head: t('session.day'),
          cell: (session) => <DateOn on={calendarDateOf(session.startsAt, side)} />,
        },
        {
          key: 'from',
          head: t('session.from'),
          cell: (session) => <When at={session.startsAt} part="time" lead={side} />,
        },
        {
          key: 'until',
          head: t('session.until'),
          cell: (session) => <When at={session.endsAt} part="time" lead={side} />,
        },
        ...(action ? [{ key: 'action', head: action.head, cell: action.cell }] : []),
      ]}
    />
  );
}
