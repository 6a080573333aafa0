import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { daysAfter } from '#app/platform/calendar.ts';
import { forbidden, invalid, notFound, stale } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import { moveTrip } from '#app/travel/move-trip.ts';
import { endTrip } from '#app/travel/revise-trip.ts';
import { tripIdOf } from '#app/travel/trip-queries.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { placement, placementRequest } from '#db/schema/placements.ts';
import type { Side } from '#db/schema/shared.ts';
import { forgetCounts } from '../count-cache.ts';
import { promoteReserve } from '../promote-reserve.ts';
import { CAPACITIES } from './capacities.ts';
import { addDuties } from './duties.ts';
import { movePlacement } from './move-placement.ts';
import { refuseOverlap } from './open-placement.ts';
import { demandPassport } from './outlives-passport.ts';
import { endOfDay } from './placement-dates.ts';
import { requestGrantedMessage, requestRefusedMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import type { PlacementRequest } from './request-queries.ts';
import { REQUESTS } from './requests.ts';

const REASON_MAX = 2000;

/**
 * The coordinator of the institution that owns the decision grants a request or refuses it with a reason. What was
 * granted takes effect in the same transaction: the dates of the stay and of its journey move, a no-show is
 * established, force majeure cancels what has not begun.
 *
 * @throws Refusal `not-found`, `forbidden` to any other institution and to whoever asked, `stale` when it is decided
 *   already or the stay has moved on, `invalid` without a decision or its reason, on dates that overlap another stay or
 *   outlive the passport
 */
export async function decideRequest(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; outcome: string; reason?: string | undefined },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const [request] = await tx
      .select()
      .from(placementRequest)
      .where(and(eq(placementRequest.placementId, record.id), eq(placementRequest.number, input.number)));
    if (!request) throw notFound();
    const { askedBy, decidingInstitutionId } = request;
    const rule = REQUESTS[request.kind];
    if (!permits(placementRules[rule.right], actor, { ...record, askedBy, decidingInstitutionId })) {
      throw forbidden();
    }
    if (request.decidedAt !== null) throw stale('placements.requestDecided');
    if (!rule.from.includes(record.state)) throw stale('staleState');
    const { outcome, reason } = decisionOf(input);
    const [decided] = await tx
      .update(placementRequest)
      .set({ outcome, outcomeReason: reason, decidedBy: actor.personId, decidedAt: now })
      .where(and(eq(placementRequest.id, request.id), isNull(placementRequest.decidedAt)))
      .returning();
    if (!decided) throw stale('placements.requestDecided');
    await audit(tx, {
      code: outcome === 'granted' ? 'placement.grant' : 'placement.refuse',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: decidingInstitutionId,
      facts: { request: request.kind, number: request.number },
    });
    if (outcome === 'granted') await carryOut(tx, actor, record, request, now);
    await tellStay(tx, record, outcome === 'granted' ? requestGrantedMessage : requestRefusedMessage, {
      cause: `request:${request.number}:${outcome}`,
      // A host supervisor is told what changes their plans, not what was refused.
      to: outcome === 'granted' ? CAPACITIES : ['participant', 'home-coordinator', 'host-coordinator'],
      by: actor,
    });
  });
  forgetCounts();
}

function decisionOf(input: { outcome: string; reason?: string | undefined }) {
  const { outcome } = input;
  const reason = plainText(input.reason ?? '') || null;
  const wrong = (field: string, why: string) => invalid('invalid', { fields: { [field]: [why] } });
  if (outcome !== 'granted' && outcome !== 'refused') throw wrong('outcome', 'exchanges.decide');
  if (outcome === 'refused' && !reason) throw wrong('reason', 'reasonRequired');
  if (reason && lengthOf(reason) > REASON_MAX) throw wrong('reason', 'exchanges.textTooLong');
  return { outcome, reason } as const;
}

async function carryOut(
  tx: Tx,
  actor: PersonActor,
  record: Placement,
  request: PlacementRequest,
  now: Date,
): Promise<void> {
  const { askedBy, decidingInstitutionId, kind } = request;
  const { host } = await sidesOfStay(tx, record);
  if (kind === 'no-show' || (kind === 'force-majeure' && record.arrivedOn === null)) {
    await movePlacement(
      tx,
      actor,
      record,
      {
        request: { askedBy, decidingInstitutionId },
        name: kind === 'no-show' ? 'findNoShow' : 'cancel',
        reason: request.reason,
        institutionId: decidingInstitutionId,
        set: async () => ({ dueAt: null }),
      },
      now,
    );
    const tripId = await tripIdOf(tx, 'placement', record.id);
    if (tripId) await endTrip(tx, tripId, now);
    await passOn(tx, record, host, now);
    return;
  }
  await moveEnd(tx, record, newEnd(record, request, calendarDateOf(now, host)), host, now);
}

/** A place of the ranking that nobody came to goes to the reserve list while the call still has time for a stay. */
async function passOn(tx: Tx, record: Placement, hostSide: Side, now: Date): Promise<void> {
  const [ranked] = await tx
    .select({ callId: call.id, stayUntil: call.stayUntil, weeksMin: call.weeksMin })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(and(eq(application.id, record.applicationId), isNotNull(application.rank)));
  if (!ranked || daysAfter(calendarDateOf(now, hostSide), ranked.weeksMin * 7) > ranked.stayUntil) return;
  await promoteReserve(tx, { callId: ranked.callId, hostSide, reason: 'placementEnded', now });
}

/** The new last day; after force majeure without a date the departure is expected at once. */
function newEnd(record: Placement, request: PlacementRequest, today: string): string {
  const wanted = request.newDate ?? (today < record.endsOn ? today : record.endsOn);
  const least = daysAfter(record.startsOn, 1);
  return wanted > least ? wanted : least;
}

async function moveEnd(tx: Tx, record: Placement, endsOn: string, host: Side, now: Date): Promise<void> {
  if (endsOn > record.endsOn) await demandPassport(tx, record, endsOn, null);
  await tx
    .update(placement)
    .set({ endsOn, dueAt: endOfDay(endsOn, host), revision: uuidv7() })
    .where(eq(placement.id, record.id))
    .catch(refuseOverlap('outcome'));
  const tripId = await tripIdOf(tx, 'placement', record.id);
  if (tripId) await moveTrip(tx, tripId, { startsOn: record.startsOn, endsOn });
  if (record.arrivedOn && endsOn > record.endsOn) {
    await addDuties(tx, record.id, host, { arrivedOn: record.arrivedOn, endsOn }, calendarDateOf(now, host));
  }
}
