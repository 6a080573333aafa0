import { and, eq } from 'drizzle-orm';
import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import type { Db } from '#db/client.server.ts';
import { account, institution, type Role, roleGrant } from '#db/schema/people.ts';

/** The roles nobody in a new installation can give: everything else is theirs to grant, in the portal. */
export const APPOINTABLE = ['institution-admin', 'platform-admin'] as const satisfies readonly Role[];
export type Appointable = (typeof APPOINTABLE)[number];

/** Why somebody was not appointed, for the operator. */
export type NotAppointed = 'no-account' | 'no-institution' | 'standing' | 'other-side';

/**
 * Gives the first administrator of an institution, or of the platform, their role: the operator's act, because
 * the portal itself lets nobody grant what they do not have. The person signs up and verifies first, so that no
 * password passes through the operator.
 *
 * @returns null when it was done, else why not.
 */
export async function appointAdministrator(
  db: Db,
  input: { email: string; role: Appointable; institution: string },
): Promise<NotAppointed | null> {
  try {
    return await appoint(db, input);
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === 'role_grant_once') return 'standing';
    if (constraint === 'role_grant_one_side') return 'other-side';
    throw error;
  }
}

function appoint(
  db: Db,
  input: { email: string; role: Appointable; institution: string },
): Promise<NotAppointed | null> {
  return db.transaction(async (tx) => {
    const [who] = await tx
      .select({ personId: account.personId })
      .from(account)
      .where(and(eq(account.email, input.email), eq(account.emailVerified, true)));
    if (!who?.personId) return 'no-account';
    const [place] = await tx.select().from(institution).where(eq(institution.code, input.institution));
    if (!place) return 'no-institution';
    const granted = await tx
      .insert(roleGrant)
      .values({ personId: who.personId, institutionId: place.id, role: input.role })
      .returning({ id: roleGrant.id });
    if (!granted[0]) throw new Error('the grant was not inserted');
    await audit(tx, {
      code: 'people.granted',
      actor: system('operator'),
      subject: { type: 'person', id: who.personId },
      institutionId: place.id,
      facts: { role: input.role, grant: granted[0].id },
    });
    return null;
  });
}
