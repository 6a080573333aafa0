import { and, eq } from 'drizzle-orm';
import { validate as isUuid } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { daysBetween } from '#app/platform/calendar.ts';
import { invalid, stale } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { event, room, roomStay } from '#db/schema/delegations.ts';
import { lastNumber } from './assign-rooms.ts';
import { bedsOf } from './papers-queries.ts';
import { type DelegateAddress, type Delegation, lockDelegate, reviseDelegate } from './scope.ts';

/** Nights further than this from the event, in days, belong to another one. */
const NEAR = 21;

/** What the database answers, by the constraint it keeps; none of it says who lies there. */
const ANSWERS: Record<string, { field: string; reason: string }> = {
  room_stay_one_in_bed: { field: 'room', reason: 'delegations.bedTaken' },
  room_stay_one_bed: { field: 'from', reason: 'delegations.secondBed' },
  room_stay_consent: { field: 'room', reason: 'delegations.noConsent' },
};

/**
 * Gives a person a bed for some nights, or moves them with one they have. Two lie in a twin on the same night only where
 * both agreed to share; nights may be unequal.
 *
 * @param input.stayId null for another bed.
 * @param input.room id of a room of the delegation, or the kind of a new one.
 * @param input.to the morning of leaving.
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` where the bed is taken, the person has one, or the two have
 * not agreed
 */
export async function placeDelegate(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & {
    stayId: string | null;
    room: string;
    from: string;
    to: string;
    revision: string;
  },
): Promise<void> {
  const { from, to } = input;
  if (to <= from) throw wrong('to', 'delegations.noNights');
  try {
    await db.transaction(async (tx) => {
      const { record, one } = await lockDelegate(tx, actor, input);
      await reviseDelegate(tx, one, input.revision);
      await demandNear(tx, record, from);
      const beds = await bedsOf(tx, record.id);
      if (input.stayId && !beds.some((bed) => bed.id === input.stayId && bed.delegateId === one.id))
        throw stale();
      const place = await roomFor(tx, record, input.room);
      // The first bed that is free on these nights; where none is, the database says so.
      const taken = beds.filter(
        (bed) => bed.roomId === place.id && bed.id !== input.stayId && bed.from < to && from < bed.to,
      );
      const bed = taken.some((other) => other.bed === 1) && place.kind === 'twin' ? 2 : 1;
      const stay = { roomId: place.id, kind: place.kind, bed, nights: `[${from},${to})` } as const;
      if (input.stayId) await tx.update(roomStay).set(stay).where(eq(roomStay.id, input.stayId));
      else await tx.insert(roomStay).values({ ...stay, delegateId: one.id, personId: one.personId });
      await audit(tx, {
        code: input.stayId ? 'delegate.bedChanged' : 'delegate.bedGiven',
        actor,
        subject: { type: 'delegate', id: one.id },
        institutionId: record.homeInstitutionId,
        facts: { reference: record.reference, room: place.number, from, to },
      });
    });
  } catch (error) {
    const said = ANSWERS[brokenConstraint(error) ?? ''];
    if (said) throw wrong(said.field, said.reason);
    throw error;
  }
}

async function demandNear(tx: Tx, record: Delegation, from: string): Promise<void> {
  const [to] = await tx.select().from(event).where(eq(event.id, record.eventId));
  if (to && Math.abs(daysBetween(to.startsOn, from)) > NEAR) throw wrong('from', 'delegations.nightsFar');
}

/** A room of the delegation, or a new one of the kind. */
async function roomFor(tx: Tx, record: Delegation, wanted: string) {
  if (wanted === 'single' || wanted === 'twin') return addRoom(tx, record.id, wanted);
  const [found] = isUuid(wanted)
    ? await tx
        .select()
        .from(room)
        .where(and(eq(room.id, wanted), eq(room.delegationId, record.id)))
    : [];
  if (!found) throw wrong('room', 'delegations.roomGone');
  return found;
}

/** Adds an empty room to a delegation that the caller holds. */
export async function addRoom(tx: Tx, delegationId: string, kind: 'single' | 'twin') {
  const number = (await lastNumber(tx, delegationId)) + 1;
  const [added] = await tx.insert(room).values({ delegationId, kind, number }).returning();
  if (!added) throw new Error('the room was not inserted');
  return added;
}

const wrong = (field: string, reason: string) => invalid('invalid', { fields: { [field]: [reason] } });
