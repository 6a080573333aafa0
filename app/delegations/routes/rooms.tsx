import { useTranslation } from 'react-i18next';
import { type DelegateFile, delegatesOf, delegationInScope } from '#app/delegations/queries.ts';
import type { Word } from '#app/delegations/share-queries.ts';
import { personName } from '#app/people/person-name.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { DateOn } from '#app/ui/when.tsx';
import type { Locale } from '#db/schema/shared.ts';
import type { Route } from './+types/rooms';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const found = await shown(context, () => delegationInScope(db, actor, params.ref));
  const people = await delegatesOf(db, found.delegation.id);
  const rooms = Map.groupBy(
    people.flatMap((one) => one.stays.map((stay) => ({ one, stay }))),
    ({ stay }) => stay.number,
  );
  const named = (one: DelegateFile) => personName(one.name, locale);
  const byId = new Map(people.map((one) => [one.id, one]));
  return {
    title: words(context)('delegations:rooms.title'),
    event: found.event.title[locale] || found.event.title.en,
    reference: found.delegation.reference,
    mayPrint: found.may.roomingList,
    mayArrange: found.may.arrange,
    without: people.filter((one) => !one.stay).map((one) => ({ id: one.id, name: named(one) })),
    words: wordsOf(people, byId, locale),
    rooms: [...rooms]
      .sort(([a], [b]) => a - b)
      .map(([number, guests]) => ({
        number,
        kind: guests[0]?.stay.kind ?? 'single',
        guests: guests
          .sort((a, b) => a.stay.bed - b.stay.bed)
          .map(({ one, stay }) => ({
            id: one.id,
            stayId: stay.id,
            name: named(one),
            from: stay.from,
            to: stay.to,
            waitsFor: one.mate && !one.mutual ? personName(one.mate.name, locale) : null,
          })),
      })),
  };
}

/** Each pair once: what the two have said. */
function wordsOf(people: readonly DelegateFile[], byId: ReadonlyMap<string, DelegateFile>, locale: Locale) {
  const spoken = ({ answer, source }: Word) => (source === 'list' ? source : (answer ?? ('silent' as const)));
  return people.flatMap((one) =>
    one.shares.flatMap(({ mateId, mine, theirs, agreed, refused }) => {
      const mate = byId.get(mateId);
      if (!mate || one.id > mateId) return [];
      return [
        {
          key: `${one.id} ${mateId}`,
          name: personName(one.name, locale),
          mate: personName(mate.name, locale),
          said: spoken(mine),
          theirs: spoken(theirs),
          tone: agreed ? ('ok' as const) : refused ? ('stop' as const) : ('risk' as const),
        },
      ];
    }),
  );
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
                    <div key={guest.stayId} className="py-1">
                      <a href={`/delegations/${reference}/people/${guest.id}`}>{guest.name}</a>
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
                  <div key={guest.stayId} className="py-1">
                    <DateOn on={guest.from} to={guest.to} />
                  </div>
                )),
            },
            ...(loaderData.mayArrange
              ? [
                  {
                    key: 'change',
                    head: t('rooms.change'),
                    cell: (one: (typeof rooms)[number]) =>
                      one.guests.map((guest) => (
                        <div key={guest.stayId} className="py-1">
                          <a
                            href={`/delegations/${reference}/people/${guest.id}/beds/${guest.stayId}`}
                            aria-label={t('rooms.changeOf', { name: guest.name })}
                          >
                            {t('rooms.change')}
                          </a>
                        </div>
                      )),
                  },
                ]
              : []),
          ]}
          empty={<EmptyState title={t('rooms.none')}>{t('rooms.noneHint')}</EmptyState>}
        />
      </Card>
      {loaderData.words.length > 0 && (
        <Card title={t('share.card')} note={t('rooms.wordsNote')}>
          <DataTable
            caption={t('share.card')}
            rows={loaderData.words}
            rowKey={(one) => one.key}
            columns={[
              { key: 'one', head: t('rooms.guests'), rowHeader: true, cell: (one) => one.name },
              { key: 'said', head: t('rooms.said'), cell: (one) => t(`share.word.${one.said}`) },
              { key: 'mate', head: t('share.mate'), cell: (one) => one.mate },
              { key: 'theirs', head: t('rooms.said'), cell: (one) => t(`share.word.${one.theirs}`) },
              {
                key: 'state',
                head: t('rooms.state'),
                cell: (one) => <Chip tone={one.tone}>{t(`rooms.agreement.${one.tone}`)}</Chip>,
              },
            ]}
          />
        </Card>
      )}
      {without.length > 0 && (
        <Card title={t('rooms.without')}>
          <ul className="plain-list">
            {without.map(({ id, name }) => (
              <li key={id}>
                <a href={`/delegations/${reference}/people/${id}${loaderData.mayArrange ? '/beds/new' : ''}`}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
