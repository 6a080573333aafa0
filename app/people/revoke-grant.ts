import { and, eq, isNull } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, notFound, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { roleGrant } from '#db/schema/people.ts';
import { permits } from './access.ts';
import { peopleRules } from './policy.ts';
import { personInScope } from './queries.ts';
import { forgetSessions } from './session.server.ts';

/**
 * Takes a role away, from now. The grant stays on record with who ended it.
 *
 * @throws Refusal `not-found`, `forbidden`, or `stale` where somebody else ended it first
 */
export async function revokeGrant(
  db: Db,
  actor: PersonActor,
  input: { personId: string; grantId: string },
): Promise<void> {
  const { personId, grantId } = input;
  await personInScope(db, actor, personId);
  const [found] = await db
    .select()
    .from(roleGrant)
    .where(and(eq(roleGrant.id, grantId), eq(roleGrant.personId, personId)));
  if (!found) throw notFound();
  if (!permits(peopleRules['people.grant'], actor, found)) throw forbidden('people.grantNotYours');
  await db.transaction(async (tx) => {
    const ended = await tx
      .update(roleGrant)
      .set({ revokedAt: new Date(), revokedBy: actor.personId })
      .where(and(eq(roleGrant.id, grantId), isNull(roleGrant.revokedAt)))
      .returning({ id: roleGrant.id });
    if (ended.length === 0) throw stale();
    await audit(tx, {
      code: 'people.revoked',
      actor,
      subject: { type: 'person', id: personId },
      institutionId: found.institutionId,
      facts: { role: found.role, grant: grantId },
    });
  });
  forgetSessions(personId);
}
