import { and, eq, isNull } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { vaultFact } from '#db/schema/platform.ts';

/** The field under which a passport lies in the vault. */
export const PASSPORT = 'passport';

/** What the portal itself knows of the actor's passport: that it is there, and until when it is valid. */
export async function ownPassport(db: DbOrTx, actor: PersonActor) {
  const [fact] = await db
    .select({
      id: vaultFact.id,
      personId: vaultFact.personId,
      side: vaultFact.side,
      validUntil: vaultFact.validUntil,
      eraseOn: vaultFact.eraseOn,
      keptAt: vaultFact.createdAt,
    })
    .from(vaultFact)
    .where(
      and(eq(vaultFact.personId, actor.personId), eq(vaultFact.field, PASSPORT), isNull(vaultFact.erasedAt)),
    );
  return fact ?? null;
}

/** Until when a person's own passport is valid, as far as the portal knows; the caller has asked whose business it is. */
export async function passportValidUntil(db: DbOrTx, personId: string): Promise<string | null> {
  const [fact] = await db
    .select({ validUntil: vaultFact.validUntil })
    .from(vaultFact)
    .where(and(eq(vaultFact.personId, personId), eq(vaultFact.field, PASSPORT), isNull(vaultFact.erasedAt)));
  return fact?.validUntil ?? null;
}
