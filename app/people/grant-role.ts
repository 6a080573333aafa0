import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { forbidden, invalid, notFound } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { institution, type Role, roleGrant } from '#db/schema/people.ts';
import { permits } from './access.ts';
import { peopleRules } from './policy.ts';
import { personInScope } from './queries.ts';
import { forgetSessions } from './session.server.ts';

/**
 * Gives a person a role at an institution, from today. Only that institution's administrator may, never to
 * themselves, and never the platform administrator's role, whose rights they lack.
 *
 * @throws Refusal `not-found`, `forbidden`, or `invalid` where the grant stands already or lies on the other side
 */
export async function grantRole(
  db: Db,
  actor: PersonActor,
  input: { personId: string; institutionId: string; role: Role; validUntil: string | null },
): Promise<void> {
  const { personId, institutionId, role, validUntil } = input;
  await personInScope(db, actor, personId);
  const [place] = await db.select().from(institution).where(eq(institution.id, institutionId));
  if (!place) throw notFound();
  if (role === 'platform-admin') throw forbidden('people.grantTooMuch');
  if (!permits(peopleRules['people.grant'], actor, { personId, institutionId }))
    throw forbidden('people.grantNotYours');
  try {
    await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(roleGrant)
        .values({ personId, institutionId, role, validUntil, grantedBy: actor.personId })
        .returning({ id: roleGrant.id });
      await audit(tx, {
        code: 'people.granted',
        actor,
        subject: { type: 'person', id: personId },
        institutionId,
        facts: { role, grant: row?.id ?? null },
      });
    });
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === 'role_grant_once')
      throw invalid('people.grantTwice', { fields: { role: ['people.grantTwice'] } });
    if (constraint === 'role_grant_one_side')
      throw invalid('people.grantOtherSide', { fields: { role: ['people.grantOtherSide'] } });
    if (constraint === 'role_grant_dates')
      throw invalid('people.grantDates', { fields: { validUntil: ['people.grantDates'] } });
    throw error;
  }
  forgetSessions(personId);
}
