import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { daysBetween } from '#app/platform/calendar.ts';
import { invalid, notFound, stale } from '#app/platform/outcome.ts';
import { checkLegs, type Leg, type LegProblemCode, timeLeg } from '#app/travel/check-legs.ts';
import { inOrder, type KnownLeg, replaceLegs } from '#app/travel/replace-legs.ts';
import { reviseTrip } from '#app/travel/revise-trip.ts';
import { asLeg, tripFilesOf } from '#app/travel/trip-queries.ts';
import type { Db } from '#db/client.server.ts';
import { event } from '#db/schema/delegations.ts';
import { type DelegateAddress, lockDelegate, reviseDelegate } from './scope.ts';
import { DELEGATE } from './subjects.ts';
import { tripDates } from './trip-dates.ts';

/** More legs no journey has: three there and three back are the most a list takes. */
const MOST = 12;
/** Legs further than this from the event, in days, belong to another one. */
const NEAR = 21;

/** What cannot be so by itself; the rest of what the checks find is shown with the journey. */
const IMPOSSIBLE: readonly LegProblemCode[] = ['nowhere', 'landsBeforeTakeOff', 'impossibleSpeed', 'overlap'];

/**
 * Adds a leg to a person's journey, or changes one. Its times are those of the clocks of its places; their zones come
 * from the airports. What cannot be is refused; what may go wrong is shown on the travel file. The dates of the journey
 * follow the legs, and with them what is due until when.
 *
 * @param input.legId null for a new leg.
 * @param input.revision what the form showed.
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` with the field to blame
 */
export async function saveLeg(
  db: Db,
  actor: PersonActor,
  input: DelegateAddress & { legId: string | null; revision: string; leg: Leg },
): Promise<void> {
  await db.transaction(async (tx) => {
    const { record, one } = await lockDelegate(tx, actor, input);
    await reviseDelegate(tx, one, input.revision);
    const [to] = await tx.select().from(event).where(eq(event.id, record.eventId));
    const file = (await tripFilesOf(tx, DELEGATE, [one.id])).get(one.id);
    if (!to || !file) throw notFound();
    const known = file.legs.map((leg): KnownLeg => ({ ...asLeg(leg), id: leg.id }));
    const others = known.filter((leg) => leg.id !== input.legId);
    if (input.legId !== null && others.length === known.length) throw stale();
    if (others.length >= MOST) throw invalid('delegations.legsFull', { params: { most: MOST } });
    const leg = { ...input.leg, id: input.legId ?? uuidv7() };
    const legs = withLeg(others, leg, to);
    await replaceLegs(tx, file.trip.id, legs);
    await reviseTrip(tx, file.trip.id, tripDates(legs, one, to));
    await audit(tx, {
      code: input.legId === null ? 'delegate.legAdded' : 'delegate.legChanged',
      actor,
      subject: { type: 'delegate', id: one.id },
      institutionId: record.homeInstitutionId,
      facts: { reference: record.reference, leg: leg.id, from: leg.from, to: leg.to, legs: legs.length },
    });
  });
}

/** The legs with this one in its place. */
function withLeg(others: readonly KnownLeg[], leg: KnownLeg, to: { startsOn: string }): KnownLeg[] {
  const made = timeLeg(leg);
  if ('problems' in made) {
    throw invalid('invalid', {
      fields: Object.fromEntries(made.problems.map(({ part, code }) => [part, [`delegations.leg.${code}`]])),
    });
  }
  const away = daysBetween(to.startsOn, leg.departs.slice(0, 10));
  if (Math.abs(away) > NEAR) throw wrong('departs', 'outsideEvent');
  const legs = inOrder([...others, leg]);
  const index = legs.indexOf(leg);
  for (const { leg: at, part, code } of checkLegs(legs)) {
    if (!IMPOSSIBLE.includes(code)) continue;
    if (at === index) throw wrong(part, code);
    // The next one departs before this one has arrived.
    if (at === index + 1 && code === 'overlap') throw wrong('arrives', code);
  }
  return legs;
}

const wrong = (field: string, code: LegProblemCode | 'outsideEvent') =>
  invalid('invalid', { fields: { [field]: [`delegations.leg.${code}`] } });
