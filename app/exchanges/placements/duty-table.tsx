import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { calendarDateOf } from '#app/ui/format-when.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { DutyCode } from './duties.ts';
import type { PlacementPage } from './placement-queries.ts';

/** What the law asks for after the arrival: whose it is, until when, done or overdue. */
export function DutyTable({ page, act }: { page: PlacementPage; act?: (code: string) => ReactNode }) {
  const { t } = useTranslation('placements');
  const { host, now } = page;
  // A closed file is no longer marked; what was not is said without alarm.
  const over = page.record.state === 'closed';
  return (
    <>
      <DataTable
        caption={t('duty.caption')}
        rows={page.duties}
        rowKey={(duty) => duty.id}
        rowTone={(duty) => (!over && duty.doneOn === null && duty.dueAt < now ? 'stop' : undefined)}
        columns={[
          {
            key: 'duty',
            head: t('duty.what'),
            rowHeader: true,
            cell: (duty) => (
              <>
                {t(`duty.code.${duty.code as DutyCode}.title`)}
                <span className="note block">{t(`duty.code.${duty.code as DutyCode}.check`)}</span>
              </>
            ),
          },
          { key: 'owner', head: t('duty.owner'), cell: (duty) => t(`duty.by.${duty.owner}`) },
          {
            key: 'due',
            head: t('duty.due'),
            cell: (duty) => <DateOn on={calendarDateOf(duty.dueAt, host.side)} />,
          },
          {
            key: 'state',
            head: t('duty.state'),
            cell: (duty) => {
              if (duty.doneOn !== null) {
                return (
                  <>
                    <Chip tone="ok">{t('duty.done')}</Chip> <DateOn on={duty.doneOn} />
                  </>
                );
              }
              if (over) return <Chip tone="idle">{t('duty.unmarked')}</Chip>;
              const late = duty.dueAt < now;
              return (
                <>
                  <Chip tone={late ? 'stop' : 'risk'}>{t(late ? 'duty.overdue' : 'duty.open')}</Chip>
                  {act?.(duty.code)}
                </>
              );
            },
          },
        ]}
      />
      <p className="note mt-3">{t('duty.note')}</p>
    </>
  );
}
