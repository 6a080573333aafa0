import { and, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Db, Tx } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import type { Actor } from './actor.ts';
import { type AuditFacts, auditMany } from './audit.server.ts';
import { Refusal } from './outcome.ts';
import type { Vaults } from './vault.server.ts';

export type VaultFact = typeof vaultFact.$inferSelect;

/** A personal value as a room gives it. */
export type Kept = {
  personId: string;
  side: Side;
  field: string;
  /** In clear; it goes to the vault of `side` and nowhere else. */
  value: string;
  institutionId: string | null;
  /** What boards may read freely; never a part of the value. */
  facts?: AuditFacts;
  /** Calendar date until which the paper is valid. */
  validUntil?: string | null;
  /** Calendar date on which the value is erased. */
  eraseOn?: string | null;
};

/**
 * Keeps a personal value: the vault commits first, then main records that it is there and what may be derived from it.
 * A former value of the same field is erased. The caller has asked its policy.
 *
 * @throws Refusal `unavailable` when the vault is away: nothing was kept.
 */
export async function keepInVault(db: Db, vaults: Vaults, actor: Actor, input: Kept): Promise<VaultFact> {
  const [kept] = await keepSome(db, vaults, actor, input.side, [input]);
  if (!kept) throw new Error('The vault fact was not inserted');
  return kept;
}

/** So many values go in one statement. */
const CHUNK = 500;

/**
 * As `keepInVault`, for many values of one side: a few statements for each some hundred of them. What was kept before the
 * vault went away stays kept.
 *
 * @throws Refusal `unavailable` when the vault is away
 */
export async function keepManyInVault(
  db: Db,
  vaults: Vaults,
  actor: Actor,
  side: Side,
  inputs: readonly Kept[],
): Promise<void> {
  for (let start = 0; start < inputs.length; start += CHUNK) {
    await keepSome(db, vaults, actor, side, inputs.slice(start, start + CHUNK));
  }
}

async function keepSome(
  db: Db,
  vaults: Vaults,
  actor: Actor,
  side: Side,
  inputs: readonly Kept[],
): Promise<VaultFact[]> {
  if (inputs.some((input) => input.side !== side)) throw new Error(`A value is not of the side ${side}`);
  const records = inputs.map((input) => ({ ...input, id: uuidv7() }));
  await vaults[side].put(records);
  // Should this fail, the records above are orphans, which the sweep removes.
  const { kept, former } = await db.transaction(async (tx) => {
    const replaced = await retire(tx, records);
    const added = await tx
      .insert(vaultFact)
      .values(
        records.map(({ id, personId, field, facts, validUntil, eraseOn }) => ({
          personId,
          side,
          field,
          vaultRecordId: id,
          facts: facts ?? {},
          validUntil: validUntil ?? null,
          eraseOn: eraseOn ?? null,
        })),
      )
      .returning();
    const times = Map.groupBy(replaced, keyOf);
    await auditMany(
      tx,
      records.map((one) => ({
        code: 'vault.kept',
        actor,
        subject: { type: 'person', id: one.personId },
        institutionId: one.institutionId,
        facts: { field: one.field, side, record: one.id, replaced: times.get(keyOf(one))?.length ?? 0 },
      })),
    );
    return { kept: added, former: replaced };
  });
  for (const fact of former) await eraseOrLeave(vaults, fact);
  return kept;
}

const keyOf = ({ personId, field }: { personId: string; field: string }) => `${personId} ${field}`;

/** Main no longer knows the value; where the vault is away now, the sweep erases it. */
async function eraseOrLeave(vaults: Vaults, fact: VaultFact): Promise<void> {
  try {
    await vaults[fact.side].erase(fact.vaultRecordId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Main forgets the former values of these fields of these people. */
async function retire(tx: Tx, of: readonly { personId: string; field: string }[]): Promise<VaultFact[]> {
  const people = of.map((one) => one.personId);
  const fields = of.map((one) => one.field);
  return tx
    .update(vaultFact)
    .set({ erasedAt: new Date() })
    .where(
      and(
        sql`(${vaultFact.personId}, ${vaultFact.field}) in (select * from unnest(${sql.param(people)}::uuid[], ${sql.param(fields)}::text[]))`,
        isNull(vaultFact.erasedAt),
      ),
    )
    .returning();
}
