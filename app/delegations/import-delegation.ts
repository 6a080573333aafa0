import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, unavailable } from '#app/platform/outcome.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { keepPapersOfMany, type PapersOf } from '#app/travel/keep-trip-papers.ts';
import { tripFilesOf } from '#app/travel/trip-queries.ts';
import type { Db } from '#db/client.server.ts';
import { delegate } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { addDelegates } from './add-delegates.ts';
import { delegationRules } from './policy.ts';
import type { DelegateRow } from './read-delegation.ts';
import { type Delegation, demandOpen, lockDelegation } from './scope.ts';
import { DELEGATE } from './subjects.ts';

export type Imported = {
  /** People who were added to the delegation. */
  added: number;
  /** People who were in it and stayed as they are. */
  known: number;
  /** People in it whose passport was missing and is kept now. */
  completed: number;
};

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
    const added = await addDelegates(tx, actor, locked, rows, now);
    if (added.ids.length > 0) {
      await audit(tx, {
        code: 'delegation.imported',
        actor,
        subject: { type: 'delegation', id: locked.id },
        institutionId: locked.homeInstitutionId,
        facts: {
          reference,
          added: added.ids.length,
          known: rows.length - added.ids.length,
          rooms: added.rooms,
        },
      });
    }
    return { record: locked, added: added.ids.length };
  });
  const completed = await keepPapers(db, vaults, actor, record, rows, today);
  return { added, known: rows.length - added, completed: Math.max(0, completed - added) };
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
  // What the portal does not know of a person yet is taken from the list; what it knows stays.
  await completePeople(
    db,
    people.map(({ personId, email, sex, citizenship }) => {
      const row = byEmail.get(email);
      const told = { sex: sex ?? row?.sex ?? null, citizenship: citizenship ?? row?.citizenship ?? null };
      return { personId, ...told, isNew: told.sex !== sex || told.citizenship !== citizenship };
    }),
  );
  const missing = people.flatMap(({ id, email }): PapersOf[] => {
    const row = byEmail.get(email);
    const file = files.get(id);
    if (!row?.passport || !file || file.papers) return [];
    const papers = { ...row.passport, birthDate: row.birth.date, birthPlace: row.birth.place };
    return [{ trip: file.trip, papers }];
  });
  await keepPapersOfMany(db, vaults, actor, missing, today);
  return missing.length;
}

type Told = { personId: string; sex: 'f' | 'm' | null; citizenship: string | null; isNew: boolean };

/** Writes down what a list told of people that was not known; one statement. */
async function completePeople(db: Db, people: readonly Told[]): Promise<void> {
  const told = people.filter((one) => one.isNew);
  if (told.length === 0) return;
  await db.execute(sql`update ${person} set sex = told.sex, citizenship = told.citizenship
    from unnest(${sql.param(told.map((one) => one.personId))}::uuid[],
      ${sql.param(told.map((one) => one.sex))}::text[],
      ${sql.param(told.map((one) => one.citizenship))}::text[]) as told (id, sex, citizenship)
    where ${person.id} = told.id`);
}
