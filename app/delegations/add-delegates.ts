import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { importPeople } from '#app/people/import-people.ts';
import type { PersonRow } from '#app/people/read-people.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { type PlannedTrip, planTrips } from '#app/travel/plan-trip.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { delegate, event } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { assignRooms } from './assign-rooms.ts';
import { dutyOf } from './duty-of.ts';
import type { DelegateRow } from './read-delegation.ts';
import type { Delegation } from './scope.ts';
import { DELEGATE } from './subjects.ts';
import { takeListWishes } from './take-list-wishes.ts';
import { purposeOf, tripDates } from './trip-dates.ts';

const CHUNK = 400;

/**
 * Adds those of some rows who are not in a delegation yet, each with a journey, and a bed where nights are asked for.
 * The caller holds the delegation, has asked its policy, and writes the audit row.
 *
 * @returns the ids of those who were added, and how many rooms were.
 */
export async function addDelegates(
  tx: Tx,
  actor: PersonActor,
  record: Delegation,
  rows: readonly DelegateRow[],
  now: Date,
): Promise<{ ids: string[]; rooms: number }> {
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
  if (fresh.length === 0) return { ids: [], rooms: 0 };
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
  const rooms = await assignRooms(tx, record.id, new Set(fresh.map((one) => one.id)));
  return { ids: fresh.map((one) => one.id), rooms };
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
    const dates = tripDates(row.legs, row, to);
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
      purpose: purposeOf(row.role),
      visaRoute: row.visaRoute,
      ...dates,
      firstDutyAt: duty.first,
      lastDutyAt: duty.last,
      sharedAt: record.state === 'shared' ? now : null,
      legs: row.legs,
    };
  });
}
