import { and, desc, eq, ne } from 'drizzle-orm';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { valuesOf } from './application-steps.ts';
import { possibleParties } from './parties.ts';
import { saveApplication } from './save-application.ts';
import { type Application, findCall } from './scope.ts';

/** Own applications to other calls, the latest first: what a new one can be begun from. */
export async function earlierApplications(db: DbOrTx, actor: PersonActor, callId: string) {
  return db
    .select({ reference: application.reference, title: application.title, call: call.title })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(
      and(
        eq(application.applicantId, actor.personId),
        ne(application.callId, callId),
        ne(application.title, ''),
      ),
    )
    .orderBy(desc(application.stateAt), desc(application.id))
    .limit(20);
}

/**
 * Begins an application from an earlier one of the same person: the plan, the host where this call knows it, the
 * laboratories and the length of the stay where it fits. Dates, documents, the endorsement and the declarations belong
 * to the earlier one and are given anew.
 *
 * @throws Refusal `invalid` with `exchanges.alreadyBegun`: nothing that was typed is written over.
 */
export async function copyApplication(
  db: Db,
  actor: PersonActor,
  input: { callReference: string; from: string },
  now = new Date(),
): Promise<Application> {
  const of = await findCall(db, null, input.callReference);
  const [[begun], [earlier]] = await Promise.all([
    db
      .select()
      .from(application)
      .where(and(eq(application.callId, of.id), eq(application.applicantId, actor.personId))),
    db
      .select()
      .from(application)
      .where(and(eq(application.reference, input.from), eq(application.applicantId, actor.personId))),
  ]);
  if (begun && (begun.title !== '' || begun.workPlan !== '')) throw invalid('exchanges.alreadyBegun');
  if (!earlier) throw invalid('exchanges.nothingToCopy', { fields: { from: ['exchanges.nothingToCopy'] } });
  const { hosts } = possibleParties(await institutions(db), of.direction, actor);
  const { title, workPlan, workPlanLocale, wish1, wish2, wish3, hostInstitutionId, weeks } =
    valuesOf(earlier);
  const fits = earlier.weeks !== null && earlier.weeks >= of.weeksMin && earlier.weeks <= of.weeksMax;
  const known = hosts.some((host) => host.id === hostInstitutionId);
  return saveApplication(
    db,
    actor,
    {
      callReference: input.callReference,
      fields: {
        title,
        workPlan,
        workPlanLocale,
        ...(known ? { hostInstitutionId, wish1, wish2, wish3 } : {}),
        ...(fits ? { weeks } : {}),
      },
      revision: begun?.revision,
    },
    now,
  );
}
