import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import { vaultFact } from '#db/schema/platform.ts';
import { SIDES } from '#db/schema/shared.ts';
import { system } from './actor.ts';
import { audit } from './audit.server.ts';
import { Refusal } from './outcome.ts';
import type { Vault, Vaults, VaultTrace } from './vault.server.ts';

/** A record younger than this may belong to a transaction that is still under way, in milliseconds. */
const GRACE = 60 * 60_000;
const BATCH = 500;

export type Swept = {
  /** Values whose date had come. */
  due: number;
  /** Records main does not know, removed. */
  orphans: number;
  /** Values main had given up but the vault still held, erased. */
  erased: number;
  /** Facts of main whose value the vault does not hold: somebody has to look. */
  missing: string[];
  /** Sides whose vault was away; their turn comes again. */
  away: string[];
};

/** Makes the vaults agree with main: erases what is due or given up, removes orphans, reports what is missing. */
export async function sweepVaults(db: Db, vaults: Vaults, now = new Date()): Promise<Swept> {
  const swept: Swept = { due: await retireDue(db, now), orphans: 0, erased: 0, missing: [], away: [] };
  for (const side of SIDES) {
    try {
      await sweepRecords(db, vaults[side], now, swept);
      await findMissing(db, vaults[side], swept);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      swept.away.push(side);
    }
  }
  return swept;
}

/** Main gives up every value whose date has come; the vault follows below, now or when it is back. */
async function retireDue(db: Db, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .update(vaultFact)
      .set({ erasedAt: now })
      .from(person)
      .where(
        and(
          eq(person.id, vaultFact.personId),
          lte(vaultFact.eraseOn, now.toISOString().slice(0, 10)),
          isNull(vaultFact.erasedAt),
        ),
      )
      .returning({
        personId: vaultFact.personId,
        field: vaultFact.field,
        record: vaultFact.vaultRecordId,
        institutionId: person.institutionId,
      });
    for (const { personId, institutionId, ...facts } of due) {
      await audit(tx, {
        code: 'vault.erased',
        actor: system('vault.sweep'),
        subject: { type: 'person', id: personId },
        institutionId,
        facts,
      });
    }
    return due.length;
  });
}

async function sweepRecords(db: Db, vault: Vault, now: Date, swept: Swept): Promise<void> {
  const olderThan = new Date(now.getTime() - GRACE);
  let after: string | null = null;
  for (;;) {
    const traces: VaultTrace[] = await vault.traces(olderThan, after, BATCH);
    if (traces.length === 0) return;
    const known = await knownFacts(
      db,
      traces.map((trace) => trace.id),
    );
    const orphans = traces.filter((trace) => !known.has(trace.id)).map((trace) => trace.id);
    await vault.remove(orphans);
    swept.orphans += orphans.length;
    for (const trace of traces) {
      if (trace.erased || !known.get(trace.id)?.erased) continue;
      await vault.erase(trace.id);
      swept.erased += 1;
    }
    after = traces.at(-1)?.id ?? null;
  }
}

async function knownFacts(db: Db, ids: string[]): Promise<Map<string, { erased: boolean }>> {
  const facts = await db
    .select({ id: vaultFact.vaultRecordId, erasedAt: vaultFact.erasedAt })
    .from(vaultFact)
    .where(inArray(vaultFact.vaultRecordId, ids));
  return new Map(facts.map((fact) => [fact.id, { erased: fact.erasedAt !== null }]));
}

async function findMissing(db: Db, vault: Vault, swept: Swept): Promise<void> {
  let after = '';
  for (;;) {
    const facts = await db
      .select({ id: vaultFact.id, record: vaultFact.vaultRecordId })
      .from(vaultFact)
      .where(
        and(
          eq(vaultFact.side, vault.side),
          isNull(vaultFact.erasedAt),
          after ? gt(vaultFact.id, after) : undefined,
        ),
      )
      .orderBy(asc(vaultFact.id))
      .limit(BATCH);
    if (facts.length === 0) return;
    const held = await vault.holding(facts.map((fact) => fact.record));
    swept.missing.push(...facts.filter((fact) => !held.has(fact.record)).map((fact) => fact.id));
    after = facts.at(-1)?.id ?? '';
  }
}
