import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Version } from '#app/platform/versions.server.ts';
import { moveTrip } from '#app/travel/move-trip.ts';
import { planTrip } from '#app/travel/plan-trip.ts';
import { tripIdOf } from '#app/travel/trip-queries.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { placement } from '#db/schema/placements.ts';
import { CAPACITIES } from './capacities.ts';
import { refuseOverlap } from './open-placement.ts';
import { demandPassport } from './outlives-passport.ts';
import { endOfDay } from './placement-dates.ts';
import { programmeInForceMessage, programmeSignedMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import type { Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import type { ProgrammeContent } from './programme-content.ts';
import { pendingProgramme } from './programme-versions.ts';
import { type StaySignature, signLaid } from './sign-laid.ts';
import { PROGRAMME_OPEN, placementWorkflow } from './workflow.ts';

/**
 * Signs the programme that is laid before the four, in one of the capacities the actor stands in. With the fourth
 * signature the portal puts it into force: the first begins the preparation and plans the journey, an amendment moves
 * the dates of both.
 *
 * @returns whether all four have signed now.
 * @throws Refusal `not-found`, `forbidden` in a capacity that is not the actor's or a second one, `stale` when another
 *   text is laid, `invalid` when its dates outlive the passport or share a day with another stay
 */
export async function signProgramme(
  db: Db,
  actor: PersonActor,
  input: StaySignature,
  now = new Date(),
): Promise<boolean> {
  return signLaid(
    db,
    actor,
    input,
    {
      right: 'placements.sign',
      open: PROGRAMME_OPEN,
      signers: CAPACITIES,
      laid: pendingProgramme,
      check: async (tx, record, version) => {
        const content = version.content as ProgrammeContent;
        // Whoever was named supervisor since has not been given this text.
        if (content.hostSupervisorId !== record.hostSupervisorId) throw stale('placements.supervisorChanged');
        await demandPassport(tx, record, content.endsOn, null);
      },
      follow: async (tx, record, version, complete) => {
        if (complete) return putIntoForce(tx, record, version, now);
        await tellStay(tx, record, programmeSignedMessage, {
          cause: `programme:${version.number}:${input.as}`,
          to: CAPACITIES,
          by: actor,
        });
      },
    },
    now,
  );
}

/** What follows from four signatures is the system's pen, not the last signatory's. */
async function putIntoForce(tx: Tx, record: Placement, version: Version, now: Date): Promise<void> {
  const { startsOn, endsOn } = version.content as ProgrammeContent;
  const actor = system('placements.signatures');
  const sides = await sidesOfStay(tx, record);
  const first = record.state === 'programme';
  // The arrival has fixed the first day; the last one is moved by a request that the host grants.
  const dates = record.arrivedOn ? {} : { startsOn, endsOn, dueAt: endOfDay(startsOn, sides.host) };
  if (first) {
    await transition(tx, {
      workflow: placementWorkflow,
      table: placement,
      record,
      name: 'begin',
      actor,
      permitted: permits(placementRules['placements.begin'], actor, record),
      set: { programmeVersionId: version.id, ...dates },
      facts: { version: version.number, hash: version.hash },
      now,
    }).catch(refuseOverlap('startsOn'));
    await planJourney(tx, record, { startsOn, endsOn }, now);
  } else {
    await tx
      .update(placement)
      .set({ programmeVersionId: version.id, ...dates, revision: uuidv7() })
      .where(eq(placement.id, record.id))
      .catch(refuseOverlap('startsOn'));
    await audit(tx, {
      code: 'placement.amend',
      actor,
      subject: { type: 'placement', id: record.id },
      facts: { version: version.number, hash: version.hash },
    });
    const tripId = record.arrivedOn ? null : await tripIdOf(tx, 'placement', record.id);
    if (tripId) await moveTrip(tx, tripId, { startsOn, endsOn });
  }
  await tellStay(tx, record, programmeInForceMessage, {
    cause: `programme:${version.number}:in-force`,
    to: CAPACITIES,
    by: null,
  });
}

async function planJourney(
  tx: Tx,
  record: Placement,
  stay: { startsOn: string; endsOn: string },
  now: Date,
): Promise<void> {
  const [row] = await tx
    .select({ title: call.title })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(eq(application.id, record.applicationId));
  await planTrip(tx, {
    personId: record.participantId,
    subjectType: 'placement',
    subjectId: record.id,
    path: `/exchanges/${record.reference}`,
    title: row?.title ?? { en: record.reference, ru: record.reference },
    homeInstitutionId: record.homeInstitutionId,
    hostInstitutionId: record.hostInstitutionId,
    purpose: 'stay',
    ...stay,
    now,
  });
}
