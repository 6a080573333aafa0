import { and, eq, isNull } from 'drizzle-orm';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { delegate } from '#db/schema/delegations.ts';
import { institution, person } from '#db/schema/people.ts';
import { addDelegates } from './add-delegates.ts';
import { delegationRules } from './policy.ts';
import type { NewDelegate } from './schemas.ts';
import { demandOpen, lockDelegation } from './scope.ts';

/**
 * Adds one person to a delegation by hand, with a journey and, where nights are given, a bed. Whom the portal knows by
 * the address is taken as known; the rest of what was typed is about this delegation.
 *
 * @returns the delegate's id.
 * @throws Refusal `not-found`, `forbidden` (also where it is closed), `invalid` for somebody of the other side, who is in
 * it already, or a second head
 */
export async function addDelegate(
  db: Db,
  actor: PersonActor,
  reference: string,
  input: NewDelegate,
  now: Date,
): Promise<string> {
  try {
    return await db.transaction(async (tx) => {
      const record = await lockDelegation(tx, actor, reference);
      if (!permits(delegationRules['delegations.arrange'], actor, record)) throw forbidden();
      demandOpen(record);
      const [employer] = await tx.select().from(institution).where(eq(institution.code, input.employer));
      if (employer?.side !== record.homeSide) throw wrong('employer', 'choice');
      const [known] = await tx
        .select({ id: person.id, side: institution.side, inIt: delegate.id })
        .from(person)
        .innerJoin(institution, eq(institution.id, person.institutionId))
        .leftJoin(
          delegate,
          and(
            eq(delegate.personId, person.id),
            eq(delegate.delegationId, record.id),
            isNull(delegate.endedAt),
          ),
        )
        .where(eq(person.email, input.email));
      if (known?.side && known.side !== record.homeSide) throw wrong('email', 'delegations.otherSidePerson');
      if (known?.inIt) throw wrong('email', 'delegations.memberTwice');
      const nothing = {
        row: 1,
        passport: null,
        birth: { date: null, place: null },
        legs: [],
        shareWith: null,
      };
      const row = { ...nothing, ...input, institutionId: employer.id };
      const { ids, rooms } = await addDelegates(tx, actor, record, [row], now);
      const [id] = ids;
      if (!id) throw new Error('the delegate was not inserted');
      await audit(tx, {
        code: 'delegate.added',
        actor,
        subject: { type: 'delegate', id },
        institutionId: record.homeInstitutionId,
        facts: { reference, role: input.role, rooms },
      });
      return id;
    });
  } catch (error) {
    if (brokenConstraint(error) === 'delegate_head') throw wrong('role', 'delegations.headTwice');
    throw error;
  }
}

const wrong = (field: string, reason: string) => invalid('invalid', { fields: { [field]: [reason] } });
