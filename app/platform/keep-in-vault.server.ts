import { and, eq, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Db, Tx } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import type { Actor } from './actor.ts';
import { type AuditFacts, audit } from './audit.server.ts';
import { Refusal } from './outcome.ts';
import type { Vaults } from './vault.server.ts';

export type VaultFact = typeof vaultFact.$inferSelect;

/**
 * Keeps a personal value: the vault commits first, then main records that it is there and what may be derived from it.
 * A former value of the same field is erased. The caller has asked its policy.
 *
 * @param input.value the value in clear; it goes to the vault of `side` and nowhere else.
 * @param input.facts what boards may read freely; never a part of the value.
 * @param input.validUntil calendar date until which the paper is valid.
 * @param input.eraseOn calendar date on which the value is erased.
 * @throws Refusal `unavailable` when the vault is away: nothing was kept.
 */
export async function keepInVault(
  db: Db,
  vaults: Vaults,
  actor: Actor,
  input: {
    personId: string;
    side: Side;
    field: string;
    value: string;
    institutionId: string | null;
    facts?: AuditFacts;
    validUntil?: string | null;
    eraseOn?: string | null;
  },
): Promise<VaultFact> {
  const { personId, field, side } = input;
  const vault = vaults[side];
  const vaultRecordId = uuidv7();
  await vault.put({ id: vaultRecordId, personId, field, value: input.value });
  // Should this fail, the record above is an orphan, which the sweep removes.
  const { kept, former } = await db.transaction(async (tx) => {
    const replaced = await retire(tx, personId, field);
    const [added] = await tx
      .insert(vaultFact)
      .values({
        personId,
        side,
        field,
        vaultRecordId,
        facts: input.facts ?? {},
        validUntil: input.validUntil ?? null,
        eraseOn: input.eraseOn ?? null,
      })
      .returning();
    if (!added) throw new Error('The vault fact was not inserted');
    await audit(tx, {
      code: 'vault.kept',
      actor,
      subject: { type: 'person', id: personId },
      institutionId: input.institutionId,
      facts: { field, side, record: vaultRecordId, replaced: replaced.length },
    });
    return { kept: added, former: replaced };
  });
  for (const fact of former) await eraseOrLeave(vaults, fact);
  return kept;
}

/** Main no longer knows the value; where the vault is away now, the sweep erases it. */
async function eraseOrLeave(vaults: Vaults, fact: VaultFact): Promise<void> {
  try {
    await vaults[fact.side].erase(fact.vaultRecordId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

async function retire(tx: Tx, personId: string, field: string): Promise<VaultFact[]> {
  return tx
    .update(vaultFact)
    .set({ erasedAt: new Date() })
    .where(and(eq(vaultFact.personId, personId), eq(vaultFact.field, field), isNull(vaultFact.erasedAt)))
    .returning();
}
