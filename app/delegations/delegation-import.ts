import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { daysAfter } from '#app/platform/calendar.ts';
import { keepInVault } from '#app/platform/keep-in-vault.server.ts';
import { forbidden, invalid, notFound } from '#app/platform/outcome.ts';
import { revealValue } from '#app/platform/reveal-value.server.ts';
import { readTable, type Table } from '#app/platform/table.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import type { Db } from '#db/client.server.ts';
import { delegate, event } from '#db/schema/delegations.ts';
import { institution, person } from '#db/schema/people.ts';
import { vaultFact } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import type { ListProblem } from './delegation-problems.ts';
import { dutyOf } from './duty-of.ts';
import { type Imported, importDelegation } from './import-delegation.ts';
import { delegationRules } from './policy.ts';
import { type DelegateRow, type ListFrame, readDelegation } from './read-delegation.ts';
import { type Delegation, demandOpen, findDelegation } from './scope.ts';

/** The received list is full of passports, so it waits in the vault; one at a time for each who sends one. */
const FIELD = 'delegation-list';
/** How long a list waits to be put right, in days. */
const WAITS = 7;

export type ListPreview = {
  encoding: Table['encoding'];
  separator: Table['separator'];
  rows: number;
  fresh: DelegateRow[];
  /** Sound rows of people who are in the delegation already. */
  known: number;
  problems: ListProblem[];
};

/**
 * Puts a received list into the vault of the sending side, once it is a list at all.
 *
 * @returns the id under which its preview stands.
 * @throws Refusal `not-found`, `forbidden`, `invalid` for what is no such table, `unavailable` when the vault is away
 */
export async function receiveList(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  input: { reference: string; bytes: Uint8Array },
  now: Date,
): Promise<string> {
  const record = await importable(db, actor, input.reference);
  await read(db, record, readTable(input.bytes), now);
  const { id } = await keepInVault(db, vaults, actor, {
    personId: actor.personId,
    institutionId: actor.institutionId,
    side: record.homeSide,
    field: FIELD,
    value: Buffer.from(input.bytes).toString('base64'),
    facts: { delegation: record.id },
    eraseOn: daysAfter(now.toISOString().slice(0, 10), WAITS),
  });
  return id;
}

/**
 * What an import of a list would do. Nothing is stored.
 *
 * @throws Refusal `not-found` for a list that is not the actor's, `unavailable` when the vault is away
 */
export async function previewList(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  input: { reference: string; listId: string },
  now: Date,
): Promise<ListPreview> {
  const record = await importable(db, actor, input.reference);
  const { table } = await waiting(db, vaults, actor, record, input.listId);
  const { delegates, problems } = await read(db, record, table, now);
  const there = await addressesIn(
    db,
    record.id,
    delegates.map((one) => one.email),
  );
  const fresh = delegates.filter((one) => !there.has(one.email));
  const { encoding, separator } = table;
  return {
    encoding,
    separator,
    rows: table.rows.length,
    fresh,
    known: delegates.length - fresh.length,
    problems,
  };
}

/**
 * Imports the sound rows of a previewed list. A list without rows that wait is erased; another one stays for a week, so
 * that its problems can be looked up while they are put right.
 *
 * @throws Refusal as `previewList` and `importDelegation`
 */
export async function confirmList(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  input: { reference: string; listId: string },
  now: Date,
): Promise<Imported> {
  const record = await importable(db, actor, input.reference);
  const { table, factId } = await waiting(db, vaults, actor, record, input.listId);
  const { delegates, problems } = await read(db, record, table, now);
  const imported = await importDelegation(db, vaults, actor, input.reference, delegates, now);
  if (!problems.some((one) => one.weight === 'stop')) {
    // Main gives the list up now; the hourly sweep empties the vault's record.
    await db.update(vaultFact).set({ erasedAt: now }).where(eq(vaultFact.id, factId));
  }
  return imported;
}

/** The list as it was received; only who sent it sees it again. */
async function waiting(db: Db, vaults: Vaults, actor: PersonActor, record: Delegation, listId: string) {
  const [fact] = await db
    .select({ id: vaultFact.id, facts: vaultFact.facts })
    .from(vaultFact)
    .where(
      and(
        eq(vaultFact.id, listId),
        eq(vaultFact.personId, actor.personId),
        eq(vaultFact.field, FIELD),
        isNull(vaultFact.erasedAt),
      ),
    );
  if (fact?.facts.delegation !== record.id) throw notFound();
  const table = readTable(Buffer.from(await revealValue(db, vaults, actor, fact.id, 'import'), 'base64'));
  return { table, factId: fact.id };
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
    elsewhere: new Set(known.flatMap(({ email, side }) => (isElsewhere(side) ? email : []))),
    event: { startsOn: to.startsOn, endsOn: to.endsOn, firstDuty: duty.first, lastDuty: duty.last },
    today: now.toISOString().slice(0, 10),
  };
  const result = readDelegation(table, frame);
  if (result.missingColumns.length > 0) {
    throw invalid('table.columns', { params: { columns: result.missingColumns.join(', ') } });
  }
  return result;
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
