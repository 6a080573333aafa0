import { and, asc, eq, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { institution } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';
import { dueFor, sideOf } from './due-dates.ts';
import { moveBySystem } from './move-application.ts';
import type { Application } from './scope.ts';

/** Why a place has become free; its words stand under `exchanges:record.promoted`. */
export type FreedBy = 'withdrawn' | 'notNominated' | 'declined' | 'placementEnded' | 'placeFree';

/**
 * A place that has become free goes to the first of the reserve list of the same call and direction, with the reason
 * logged and told. Where the call has no place left after all (an appeal was upheld meanwhile), or nobody is in
 * reserve, nothing happens. Two places freed at once go to two people: the call is held meanwhile.
 *
 * @returns the application that moved up, or null.
 */
export async function promoteReserve(
  tx: Tx,
  freed: { callId: string; hostSide: Side; reason: FreedBy; now: Date },
): Promise<Application | null> {
  const [of] = await tx.select().from(call).where(eq(call.id, freed.callId)).for('no key update');
  if (!of) return null;
  const toThatSide = and(eq(application.callId, freed.callId), inHostsOf(freed.hostSide));
  const [{ taken } = { taken: 0 }] = await tx
    .select({ taken: sql<number>`count(*)::int` })
    .from(application)
    .where(
      and(
        toThatSide,
        inArray(application.state, ['selected', 'nominated', 'queried', 'accepted']),
        or(
          isNull(application.placementState),
          notInArray(application.placementState, ['cancelled', 'no-show']),
        ),
      ),
    );
  const places = freed.hostSide === 'in' ? of.placesToIn : of.placesToRu;
  if (taken >= places) return null;
  const [next] = await tx
    .select()
    .from(application)
    .where(and(toThatSide, eq(application.state, 'reserve')))
    .orderBy(asc(application.rank), asc(application.id))
    .limit(1)
    .for('update');
  if (!next) return null;
  const dueAt = await dueFor(tx, next.homeInstitutionId, of.nominateBy, freed.now);
  return moveBySystem(tx, next, 'promote', { set: { dueAt }, reason: freed.reason, now: freed.now });
}

const inHostsOf = (side: Side) =>
  sql`${application.hostInstitutionId} in (select ${institution.id} from ${institution} where ${institution.side} = ${side})`;

/**
 * Whoever is found eligible after the ranking was signed (an appeal was upheld) joins the end of the reserve list of
 * their direction, so that nobody who was ranked is passed; where a place is still free they take it.
 */
export async function joinReserve(tx: Tx, late: Application, now: Date): Promise<void> {
  const hostSide = await sideOf(tx, late.hostInstitutionId);
  await tx.select({ id: call.id }).from(call).where(eq(call.id, late.callId)).for('no key update');
  const [{ last } = { last: 0 }] = await tx
    .select({ last: sql<number>`coalesce(max(${application.rank}), 0)::int` })
    .from(application)
    .where(and(eq(application.callId, late.callId), inHostsOf(hostSide)));
  const set = { rank: last + 1, rankedAt: now, score: null, dueAt: null };
  await moveBySystem(tx, late, 'placeInReserve', { set, now });
  await promoteReserve(tx, { callId: late.callId, hostSide, reason: 'placeFree', now });
}

/** After a step that ended an application: a place it held under a signed ranking is passed on. */
export async function passPlaceOn(tx: Tx, before: Application, reason: FreedBy, now: Date): Promise<void> {
  const held = before.rank !== null && ['selected', 'nominated', 'queried'].includes(before.state);
  if (!held) return;
  const hostSide = await sideOf(tx, before.hostInstitutionId);
  await promoteReserve(tx, { callId: before.callId, hostSide, reason, now });
}
