import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';
import type { PersonActor } from './actor.ts';
import { audit } from './audit.server.ts';
import { notFound, unavailable } from './outcome.ts';
import type { Vaults } from './vault.server.ts';

/**
 * Shows a value of a vault in clear. The audit row that says who saw it and why is committed before the value is
 * read, so there is no look without a trace. The caller has asked its policy and for a fresh sign-in.
 *
 * @param reason code of the reason, e.g. `own` for the person themselves.
 * @throws Refusal `not-found` when there is no such value; `unavailable` when the vault is away.
 */
export async function revealValue(
  db: Db,
  vaults: Vaults,
  actor: PersonActor,
  factId: string,
  reason: string,
): Promise<string> {
  const [fact] = await db
    .select()
    .from(vaultFact)
    .where(and(eq(vaultFact.id, factId), isNull(vaultFact.erasedAt)));
  if (!fact) throw notFound();
  const vault = vaults[fact.side];
  // Asked first, so that the log does not claim a look that an absent vault made impossible.
  if (!(await vault.available())) throw unavailable('vault.away');
  await db.transaction((tx) =>
    audit(tx, {
      code: 'vault.revealed',
      actor,
      subject: { type: 'person', id: fact.personId },
      institutionId: actor.institutionId,
      facts: { field: fact.field, side: fact.side, record: fact.vaultRecordId, reason },
    }),
  );
  const value = await vault.reveal(fact.vaultRecordId, { personId: fact.personId, field: fact.field });
  if (value === null) throw notFound();
  return value;
}
