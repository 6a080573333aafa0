import { useTranslation } from 'react-i18next';
import { type DelegateFile, delegatesOf, delegationInScope } from '#app/delegations/queries.ts';
import { personName } from '#app/people/person-name.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { Route } from './+types/rooms';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const found = await shown(context, () => delegationInScope(db, actor, params.ref));
  const people = await delegatesOf(db, found.delegation.id);
  const rooms = Map.groupBy(
    people.flatMap((one) => (one.stay ? [{ one, stay: one.stay }] : [])),
    ({ stay }) => stay.number,
  );
  const named = (one: DelegateFile) => personName(one.name, locale);
  return {
    title: words(context)('delegations:rooms.title'),
    event: found.event.title[locale] || found.event.title.en,
    reference: found.delegation.reference,
    mayPrint: found.may.roomingList,
    without: people.filter((one) => !one.stay).map(named),
    rooms: [...rooms]
      .sort(([a], [b]) => a - b)
      .map(([number, guests]) => ({
        number,
        kind: guests[0]?.stay.kind ?? 'single',
        guests: guests
          .sort((a, b) => a.stay.bed - b.stay.bed)
          .map(({ one, stay }) => ({
            id: one.id,
            name: named(one),
            from: stay.from,
            to: stay.to,
            waitsFor: one.mate && !one.mutual ? personName(one.mate.name, locale) : null,
          })),
      })),
  };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The beds of a delegation by room and night. */
export default function Rooms({ loaderData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const { reference, rooms, without, mayPrint } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('list.title'), href: '/delegations' },
          { label: loaderData.event, href: `/delegations/${reference}` },
          { label: t('rooms.title') },
        ]}
        title={t('rooms.title')}
        lede={t('rooms.lede')}
        action={
          mayPrint && (
            <ButtonLink kind="quiet" href={`/delegations/${reference}/papers/rooming.xlsx`}>
              {t('board.rooming')}
            </ButtonLink>
          )
        }
      />
      <Card>
        <DataTable
          caption={t('rooms.caption')}
          rows={rooms}
          rowKey={(one) => String(one.number)}
          columns={[
            { key: 'room', head: t('rooms.room'), rowHeader: true, cell: (one) => one.number },
            { key: 'kind', head: t('rooms.kind'), cell: (one) => t(`roomKind.${one.kind}`) },
            {
              key: 'guests',
              head: t('rooms.guests'),
              cell: (one) => (
                <>
                  {one.guests.map((guest) => (
                    <div key={guest.id}>
                      {guest.name}
                      {guest.waitsFor && (
                        <span className="note"> {t('rooms.waits', { name: guest.waitsFor })}</span>
                      )}
                    </div>
                  ))}
                  {one.kind === 'twin' && one.guests.length === 1 && (
                    <div className="note">{t('rooms.free')}</div>
                  )}
                </>
              ),
            },
            {
              key: 'nights',
              head: t('rooms.nights'),
              cell: (one) =>
                one.guests.map((guest) => (
                  <div key={guest.id}>
                    <DateOn on={guest.from} to={guest.to} />
                  </div>
                )),
            },
          ]}
          empty={<EmptyState title={t('rooms.none')}>{t('rooms.noneHint')}</EmptyState>}
        />
      </Card>
      {without.length > 0 && (
        <Card title={t('rooms.without')}>
          <ul className="plain-list">
            {without.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
