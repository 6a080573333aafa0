import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { permits } from '#app/people/access.ts';
import { nameColumns } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import type { Cell, Fact } from '#app/travel/assess-readiness.ts';
import { cellsOfTrip, earliestStartOf, type TripFile, tripFilesOf } from '#app/travel/trip-queries.ts';
import { travelPermits } from '#app/travel/trip-rights.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { delegate, delegation, event, eventSession } from '#db/schema/delegations.ts';
import { institution, person } from '#db/schema/people.ts';
import { judge } from './board-rows.ts';
import { hotelFact } from './hotel-fact.ts';
import { bedsOf } from './papers-queries.ts';
import { delegationRules, eventRules, type OfDelegation } from './policy.ts';
import { boardScope, listScope } from './scope.ts';
import { sharesOf } from './share-queries.ts';
import { DELEGATE } from './subjects.ts';

/**
 * An event with its programme; open to everybody.
 *
 * @throws Refusal `not-found`
 */
export async function publicEvent(db: DbOrTx, reference: string) {
  const [row] = await db
    .select({ event, host: institution.name, hostSide: institution.side })
    .from(event)
    .innerJoin(institution, eq(institution.id, event.hostInstitutionId))
    .where(eq(event.reference, reference));
  if (!row) throw notFound();
  const sessions = await db
    .select()
    .from(eventSession)
    .where(eq(eventSession.eventId, row.event.id))
    .orderBy(asc(eventSession.startsAt), asc(eventSession.code));
  return { ...row, sessions };
}

/** Whether the actor arranges a delegation: its people, legs and beds. */
export function mayArrange(actor: PersonActor, of: OfDelegation): boolean {
  return permits(delegationRules['delegations.arrange'], actor, of);
}

/** Whether the actor may bring in the programme of an event of this host. */
export function mayPlanEvent(actor: PersonActor | null, of: { hostInstitutionId: string }): boolean {
  return actor !== null && permits(eventRules['events.plan'], actor, of);
}

const PAGE = 50;

/** Delegations the actor takes part in or sees to, the latest first; by keyset on the id. */
export async function listDelegations(db: DbOrTx, actor: PersonActor, after?: string) {
  const home = alias(institution, 'home');
  const rows = await db
    .select({
      id: delegation.id,
      reference: delegation.reference,
      state: delegation.state,
      homeSide: delegation.homeSide,
      home: home.shortName,
      title: event.title,
      eventReference: event.reference,
      startsOn: event.startsOn,
      endsOn: event.endsOn,
      people: sql<number>`(select count(*)::int from ${delegate} where ${delegate.delegationId} = delegation.id and ${delegate.endedAt} is null)`,
      /** Whether the actor sees the board; who only travels sees their own file. */
      board: sql<boolean>`coalesce(${boardScope(actor)}, false)`,
      ownFile: sql<string | null>`(select mine.id from ${delegate} mine
        where mine.delegation_id = delegation.id and mine.person_id = ${actor.personId} and mine.ended_at is null)`,
    })
    .from(delegation)
    .innerJoin(event, eq(event.id, delegation.eventId))
    .innerJoin(home, eq(home.id, delegation.homeInstitutionId))
    .where(and(listScope(db, actor), after ? lt(delegation.id, after) : undefined))
    .orderBy(desc(delegation.id))
    .limit(PAGE + 1);
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null };
}

/** Events that are not over, for a new delegation. */
export async function comingEvents(db: DbOrTx, today: string) {
  return db
    .select({
      reference: event.reference,
      title: event.title,
      startsOn: event.startsOn,
      hostSide: institution.side,
    })
    .from(event)
    .innerJoin(institution, eq(institution.id, event.hostInstitutionId))
    .where(sql`${event.endsOn} >= ${today}`)
    .orderBy(asc(event.startsOn));
}

/**
 * A delegation in the actor's scope with its event, and what the actor may do with it.
 *
 * @throws Refusal `not-found`
 */
export async function delegationInScope(db: DbOrTx, actor: PersonActor, reference: string) {
  const home = alias(institution, 'home');
  const host = alias(institution, 'host');
  const [row] = await db
    .select({ delegation, event, home: home.name, host: host.name })
    .from(delegation)
    .innerJoin(event, eq(event.id, delegation.eventId))
    .innerJoin(home, eq(home.id, delegation.homeInstitutionId))
    .innerJoin(host, eq(host.id, delegation.hostInstitutionId))
    .where(and(eq(delegation.reference, reference), boardScope(actor)));
  if (!row) throw notFound();
  const may = (right: keyof typeof delegationRules) => permits(delegationRules[right], actor, row.delegation);
  const open = row.delegation.state !== 'closed';
  return {
    ...row,
    may: {
      import: open && may('delegations.import'),
      arrange: open && may('delegations.arrange'),
      share: row.delegation.state === 'planned' && may('delegations.share'),
      close: open && may('delegations.close'),
      visaList: may('delegations.visaList'),
      roomingList: may('delegations.roomingList'),
    },
  };
}

const delegateColumns = {
  id: delegate.id,
  personId: delegate.personId,
  role: delegate.role,
  employer: delegate.employer,
  position: delegate.position,
  diet: delegate.diet,
  notes: delegate.notes,
  consulateCity: delegate.consulateCity,
  employerAddress: delegate.employerAddress,
  revision: delegate.revision,
  hotelIn: delegate.hotelIn,
  hotelOut: delegate.hotelOut,
  roomWish: delegate.roomWish,
  shareWithId: delegate.shareWithId,
  name: nameColumns,
  cyrillicSpelling: person.cyrillicSpelling,
  sex: person.sex,
  citizenship: person.citizenship,
  email: person.email,
};

/** The people of a delegation with their journeys and beds; derived facts only, in a few queries. */
export async function delegatesOf(db: DbOrTx, delegationId: string) {
  const people = await db
    .select(delegateColumns)
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(and(eq(delegate.delegationId, delegationId), isNull(delegate.endedAt)))
    .orderBy(asc(person.familyName), asc(person.givenName), asc(delegate.id));
  const beds = await bedsOf(db, delegationId);
  const shares = await sharesOf(db, delegationId);
  const files = await tripFilesOf(
    db,
    DELEGATE,
    people.map((one) => one.id),
  );
  const bedsByDelegate = Map.groupBy(beds, (bed) => bed.delegateId);
  const byId = new Map(people.map((one) => [one.id, one]));
  return people.flatMap((one) => {
    const file = files.get(one.id);
    if (!file) return [];
    // Who was taken out of the delegation shares with nobody.
    const own = (shares.get(one.id) ?? []).filter((share) => byId.has(share.mateId));
    const [share] = own.filter((each) => !each.refused);
    const mate = (share && byId.get(share.mateId)) ?? null;
    const stays = (bedsByDelegate.get(one.id) ?? []).sort((a, b) => a.from.localeCompare(b.from));
    const rest = { stays, stay: stays[0] ?? null, shares: own, mate, mutual: share?.agreed ?? false };
    return [{ ...one, file, ...rest }];
  });
}

export type DelegateFile = Awaited<ReturnType<typeof delegatesOf>>[number];

/** The readiness board: each person with a cell per requirement as of a day. */
export async function boardOf(db: DbOrTx, delegationId: string, asOf: string) {
  const people = await delegatesOf(db, delegationId);
  return people.map((one) => {
    const row = judge({ ...one, cells: cellsOf(one, asOf) });
    return { ...row, earliestStart: row.tone === 'stop' ? startOf(one, row.cells, asOf) : null };
  });
}

/** The cells of one person as of a day. */
export function cellsOf(one: DelegateFile, asOf: string): Cell[] {
  return cellsOfTrip(one.file, { hotel: hotelOf(one) }, asOf);
}

/** The day from which nothing of one person's journey would be red; null where no later start helps. */
export function startOf(one: DelegateFile, cells: readonly Cell[], asOf: string): string | null {
  return earliestStartOf(one.file, { hotel: hotelOf(one) }, cells, asOf);
}

function hotelOf(one: DelegateFile): Fact {
  const wish = one.shares.some((share) => share.refused) ? null : one.shareWithId;
  return hotelFact({
    // Where a bed was given, its nights count, not those that were asked for.
    hotelIn: one.stays[0]?.from ?? one.hotelIn,
    hotelOut:
      one.stays
        .map((stay) => stay.to)
        .sort()
        .at(-1) ?? one.hotelOut,
    roomWish: one.roomWish,
    shareWithId: one.mate?.personId ?? wish,
    mutual: one.mutual,
    hasBed: one.stay !== null,
    ...daysOf(one.file),
  });
}

function daysOf(file: TripFile): { landsOn: string | null; leavesOn: string | null } {
  return {
    landsOn: file.legs.findLast((leg) => leg.direction === 'out')?.arrivesLocal.slice(0, 10) ?? null,
    leavesOn: file.legs.find((leg) => leg.direction === 'back')?.departsLocal.slice(0, 10) ?? null,
  };
}

/**
 * One person's travel file: for themselves, and for those who see to their journey.
 *
 * @throws Refusal `not-found`
 */
export async function travelFileInScope(
  db: DbOrTx,
  actor: PersonActor,
  where: { reference: string; delegateId: string },
) {
  const [row] = await db
    .select({ delegation, event })
    .from(delegation)
    .innerJoin(event, eq(event.id, delegation.eventId))
    .innerJoin(delegate, eq(delegate.delegationId, delegation.id))
    .where(
      and(eq(delegation.reference, where.reference), eq(delegate.id, where.delegateId), listScope(db, actor)),
    );
  if (!row) throw notFound();
  const people = await delegatesOf(db, row.delegation.id);
  const one = people.find((each) => each.id === where.delegateId);
  if (!one || !travelPermits('travel.readTrip', actor, one.file.trip)) throw notFound();
  const board = permits(delegationRules['delegations.read'], actor, row.delegation);
  const together = people.filter(
    (each) =>
      each.id !== one.id &&
      each.stays.some((bed) =>
        one.stays.some((mine) => mine.roomId === bed.roomId && mine.from < bed.to && bed.from < mine.to),
      ),
  );
  return { ...row, one, board, together, people };
}
