import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Table } from '#app/platform/table.ts';
import type { Reading, TableImport } from '#app/platform/table-import.server.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { vaultShelf } from '#app/platform/waiting-table.server.ts';
import type { Db } from '#db/client.server.ts';
import { delegate, event } from '#db/schema/delegations.ts';
import { institution, person } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';
import { dutyOf } from './duty-of.ts';
import { type Imported, importDelegation } from './import-delegation.ts';
import { delegationRules } from './policy.ts';
import { type DelegateRow, isSecret, type ListFrame, readDelegation } from './read-delegation.ts';
import { type Delegation, demandOpen, findDelegation } from './scope.ts';

/** The received list is full of passports, so it waits in the vault of the sending side. */
const FIELD = 'delegation-list';

/**
 * Opens the import of a delegation's list for an actor. Confirming answers how many people were added.
 *
 * @throws Refusal `not-found`, `forbidden`; `unavailable`, later, when the vault is away
 */
export async function delegationImport(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  reference: string,
  now: Date,
): Promise<TableImport<DelegateRow, Reading<DelegateRow>, Imported>> {
  const record = await importable(db, actor, reference);
  const subject = { delegation: record.id };
  return {
    shelf: vaultShelf(db, vaults, actor, { side: record.homeSide, field: FIELD, subject, now }),
    isSecret,
    async read(table) {
      const { delegates, problems, missingColumns } = await read(db, record, table, now);
      const there = await addressesIn(
        db,
        record.id,
        delegates.map((one) => one.email),
      );
      const known = delegates.filter((one) => there.has(one.email));
      return { fresh: delegates.filter((one) => !there.has(one.email)), known, problems, missingColumns };
    },
    // Who is in the delegation already may lack a passport, which the list brings.
    take: ({ fresh, known }) => importDelegation(db, vaults, actor, reference, [...fresh, ...known], now),
  };
}

async function importable(db: Db, actor: PersonActor, reference: string): Promise<Delegation> {
  const record = await findDelegation(db, actor, reference);
  if (!permits(delegationRules['delegations.import'], actor, record)) throw forbidden();
  demandOpen(record);
  return record;
}

async function read(db: Db, record: Delegation, table: Table, now: Date) {
  const [to] = await db.select().from(event).where(eq(event.id, record.eventId));
  if (!to) throw new Error(`delegation ${record.reference} has no event`);
  const places = await institutions(db);
  const duty = await dutyOf(db, to.id);
  const known = await knownPeople(
    db,
    table.rows.flatMap(({ values }) => values.email?.toLowerCase() ?? []),
  );
  const isElsewhere = (side: Side | null) => side !== null && side !== record.homeSide;
  const frame: ListFrame = {
    institutions: new Map(
      places.map(({ code, id, side }) => [code, { id, mayAdd: side === record.homeSide }]),
    ),
    // Of people of the other side, the list learns nothing.
    knownSex: new Map(
      known.flatMap(({ email, sex, side }) => (sex && !isElsewhere(side) ? [[email, sex] as const] : [])),
    ),
    head: await headOf(db, record.id),
    elsewhere: new Set(known.flatMap(({ email, side }) => (isElsewhere(side) ? email : []))),
    event: { startsOn: to.startsOn, endsOn: to.endsOn, firstDuty: duty.first, lastDuty: duty.last },
    today: now.toISOString().slice(0, 10),
  };
  return readDelegation(table, frame);
}

/** Address of the one who heads a delegation. */
async function headOf(db: Db, delegationId: string): Promise<string | null> {
  const [row] = await db
    .select({ email: sql<string>`lower(${person.email}::text)` })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(and(eq(delegate.delegationId, delegationId), eq(delegate.role, 'head'), isNull(delegate.endedAt)));
  return row?.email ?? null;
}

/** What a list is told of the people whose addresses stand in it. */
async function knownPeople(db: Db, addresses: readonly string[]) {
  if (addresses.length === 0) return [];
  return db
    .select({ email: sql<string>`lower(${person.email}::text)`, sex: person.sex, side: institution.side })
    .from(person)
    .innerJoin(institution, eq(institution.id, person.institutionId))
    .where(inArray(person.email, [...new Set(addresses)]));
}

async function addressesIn(db: Db, delegationId: string, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ email: sql<string>`lower(${person.email}::text)` })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(
      and(
        eq(delegate.delegationId, delegationId),
        isNull(delegate.endedAt),
        inArray(person.email, [...addresses]),
      ),
    );
  return new Set(rows.map((one) => one.email));
}
