import { and, eq, inArray, isNull, max, min, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import { importPeople } from '#app/people/import-people.ts';
import type { PersonRow } from '#app/people/read-people.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { daysAfter } from '#app/platform/calendar.ts';
import { forbidden, unavailable } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { keepTripPapers } from '#app/travel/keep-trip-papers.ts';
import { type PlannedTrip, planTrips } from '#app/travel/plan-trip.ts';
import { tripFilesOf } from '#app/travel/trip-queries.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { delegate, event, eventSession } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { assignRooms } from './assign-rooms.ts';
import { delegationRules } from './policy.ts';
import type { DelegateRow } from './read-delegation.ts';
import { type Delegation, demandOpen, lockDelegation } from './scope.ts';
import { DELEGATE } from './subjects.ts';
import { takeListWishes } from './take-list-wishes.ts';

export type Imported = {
  /** People who were added to the delegation. */
  added: number;
  /** People who were in it and stayed as they are. */
  known: number;
  /** People in it whose passport was missing and is kept now. */
  completed: number;
};

const CHUNK = 400;

/**
 * Adds the people of a list to a delegation, each with a journey, a bed and, in the vault of their side, a passport.
 * Who is in it already stays as they are: a list sent twice does nothing; a passport that was missing is added.
 *
 * People and journeys are committed first. Should the vault go away on the way, the same list sent again keeps the rest.
 *
 * @throws Refusal `not-found`, `forbidden`, `unavailable` when the vault is away
 */
export async function importDelegation(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  reference: string,
  rows: readonly DelegateRow[],
  now: Date,
): Promise<Imported> {
  const today = now.toISOString().slice(0, 10);
  const { record, added } = await db.transaction(async (tx) => {
    const locked = await lockDelegation(tx, actor, reference);
    if (!permits(delegationRules['delegations.import'], actor, locked)) throw forbidden();
    demandOpen(locked);
    if (rows.some((row) => row.passport) && !(await vaults[locked.homeSide].available())) {
      throw unavailable('vault.away');
    }
    return { record: locked, added: await addDelegates(tx, actor, locked, rows, now) };
  });
  const completed = await keepPapers(db, vaults, actor, record, rows, today);
  return { added, known: rows.length - added, completed: Math.max(0, completed - added) };
}

async function addDelegates(
  tx: Tx,
  actor: PersonActor,
  record: Delegation,
  rows: readonly DelegateRow[],
  now: Date,
): Promise<number> {
  const people = await peopleNamed(tx, actor, rows);
  const there = new Map(
    (
      await tx
        .select({ id: delegate.id, personId: delegate.personId })
        .from(delegate)
        .where(and(eq(delegate.delegationId, record.id), isNull(delegate.endedAt)))
    ).map((one) => [one.personId, one.id]),
  );
  const fresh = rows.flatMap((row) => {
    const personId = people.get(row.email);
    return personId && !there.has(personId) ? [{ row, personId, id: uuidv7() }] : [];
  });
  if (fresh.length === 0) return 0;
  for (let start = 0; start < fresh.length; start += CHUNK) {
    await tx.insert(delegate).values(
      fresh.slice(start, start + CHUNK).map(({ row, personId, id }) => {
        const shareWithId = people.get(row.shareWith ?? '') ?? null;
        return {
          id,
          delegationId: record.id,
          personId,
          role: row.role,
          employer: row.employer,
          position: row.position,
          diet: row.diet,
          notes: row.notes,
          shareWithId: shareWithId === personId || row.roomWish === 'single' ? null : shareWithId,
          hotelIn: row.hotelIn,
          hotelOut: row.hotelOut,
          roomWish: row.roomWish,
        };
      }),
    );
  }
  await planTrips(tx, await tripsFor(tx, record, fresh, now));
  await takeListWishes(tx, record.id, now);
  const rooms = await assignRooms(tx, record.id);
  await audit(tx, {
    code: 'delegation.imported',
    actor,
    subject: { type: 'delegation', id: record.id },
    institutionId: record.homeInstitutionId,
    facts: { reference: record.reference, added: fresh.length, known: rows.length - fresh.length, rooms },
  });
  return fresh.length;
}

/** The people of a list by address; whom the portal does not know yet is added, their Cyrillic spelling proposed. */
async function peopleNamed(
  tx: Tx,
  actor: PersonActor,
  rows: readonly DelegateRow[],
): Promise<Map<string, string>> {
  const addresses = [
    ...new Set(rows.flatMap((row) => [row.email, ...(row.shareWith ? [row.shareWith] : [])])),
  ];
  if (addresses.length === 0) return new Map();
  const find = async () => {
    const found = await tx
      .select({ id: person.id, email: sql<string>`lower(${person.email}::text)` })
      .from(person)
      .where(inArray(person.email, addresses));
    return new Map(found.map((one) => [one.email, one.id]));
  };
  const known = await find();
  const strangers = rows.filter((row) => !known.has(row.email));
  if (strangers.length === 0) return known;
  // Inside this transaction, as a savepoint: a list that is refused leaves no people behind.
  await importPeople(tx as unknown as Db, actor, strangers.map(asPerson));
  return find();
}

function asPerson(row: DelegateRow): PersonRow {
  return {
    row: row.row,
    givenName: row.givenName,
    familyName: row.familyName,
    givenNameRu: null,
    familyNameRu: null,
    patronymicRu: null,
    sex: row.sex,
    institutionId: row.institutionId,
    email: row.email,
    locale: row.citizenship === 'RUS' ? 'ru' : 'en',
    citizenship: row.citizenship,
    occupation: null,
    position: row.position ? { en: row.position, ru: '' } : null,
    researchArea: null,
    orcid: null,
    phone: null,
  };
}

type Fresh = { row: DelegateRow; personId: string; id: string };

async function tripsFor(
  tx: Tx,
  record: Delegation,
  fresh: readonly Fresh[],
  now: Date,
): Promise<PlannedTrip[]> {
  const [to] = await tx.select().from(event).where(eq(event.id, record.eventId));
  if (!to) throw new Error(`delegation ${record.reference} has no event`);
  const duty = await dutyOf(tx, to.id);
  return fresh.map(({ row, personId, id }) => {
    const startsOn = row.legs[0]?.departs.slice(0, 10) ?? row.hotelIn ?? to.startsOn;
    const leaves = row.legs.find((leg) => leg.direction === 'back')?.departs.slice(0, 10) ?? row.hotelOut;
    const endsOn = leaves && leaves >= startsOn ? leaves : to.endsOn >= startsOn ? to.endsOn : startsOn;
    return {
      id: uuidv7(),
      personId,
      subjectType: DELEGATE,
      subjectId: id,
      path: `/delegations/${record.reference}/people/${id}`,
      title: to.title,
      homeInstitutionId: record.homeInstitutionId,
      homeSide: record.homeSide,
      hostInstitutionId: record.hostInstitutionId,
      hostSide: record.hostSide,
      purpose: row.role === 'speaker' || row.role === 'poster' ? ('speak' as const) : ('attend' as const),
      visaRoute: row.visaRoute,
      startsOn,
      endsOn,
      firstDutyAt: duty.first,
      lastDutyAt: duty.last,
      sharedAt: record.state === 'shared' ? now : null,
      eraseOn: daysAfter(endsOn > to.endsOn ? endsOn : to.endsOn, 1),
      legs: row.legs,
    };
  });
}

/** When an event's programme begins and ends; null where it has none yet. */
export async function dutyOf(
  db: Pick<Db, 'select'>,
  eventId: string,
): Promise<{ first: Date | null; last: Date | null }> {
  const [row] = await db
    .select({ first: min(eventSession.startsAt), last: max(eventSession.endsAt) })
    .from(eventSession)
    .where(eq(eventSession.eventId, eventId));
  return { first: row?.first ?? null, last: row?.last ?? null };
}

/** Keeps the passports that are not kept yet; answers how many that were. */
async function keepPapers(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  record: Delegation,
  rows: readonly DelegateRow[],
  today: string,
): Promise<number> {
  const byEmail = new Map(rows.map((row) => [row.email, row]));
  if (byEmail.size === 0) return 0;
  const people = await db
    .select({
      id: delegate.id,
      email: sql<string>`lower(${person.email}::text)`,
      sex: person.sex,
      citizenship: person.citizenship,
      personId: person.id,
    })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegate.delegationId, record.id),
        isNull(delegate.endedAt),
        inArray(person.email, [...byEmail.keys()]),
      ),
    );
  const files = await tripFilesOf(
    db,
    DELEGATE,
    people.map((one) => one.id),
  );
  let kept = 0;
  for (const { id, email, personId, ...known } of people) {
    const row = byEmail.get(email);
    const file = files.get(id);
    // What the portal does not know of a person yet is taken from the list; what it knows stays.
    const sex = known.sex ?? row?.sex ?? null;
    const citizenship = known.citizenship ?? row?.citizenship ?? null;
    if (sex !== known.sex || citizenship !== known.citizenship) {
      await db.update(person).set({ sex, citizenship }).where(eq(person.id, personId));
    }
    if (!row?.passport || !file || file.papers) continue;
    const papers = { ...row.passport, birthDate: row.birth.date, birthPlace: row.birth.place };
    await keepTripPapers(db, vaults, actor, file.trip, papers, today);
    kept += 1;
  }
  return kept;
}
