import { z } from 'zod';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { daysAfter } from '#app/platform/calendar.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db } from '#db/client.server.ts';
import { PLACEMENT_REQUESTS, type PlacementRequestKind, placementRequest } from '#db/schema/placements.ts';
import { calendarDate, checked } from '../schemas.ts';
import { demandPassport } from './outlives-passport.ts';
import { requestMadeMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';
import { WEEKS_MAX } from './programme-content.ts';
import { demandNoRequest, requestsOf } from './request-queries.ts';
import { ASKING, type Asker, decidingParty, REQUESTS } from './requests.ts';

const REASON_MAX = 2000;
const date = z.union([z.literal('').transform(() => null), calendarDate]);

const requestSchema = z.object({
  kind: z.enum(PLACEMENT_REQUESTS, 'choice'),
  newDate: date.default(null),
  reason: z
    .string()
    .transform(plainText)
    .refine((text) => text !== '', 'placements.giveReason')
    .refine((text) => lengthOf(text) <= REASON_MAX, 'exchanges.textTooLong'),
});

/** The parties as which the actor may ask for this kind; nobody asks as two. */
export function askersOf(actor: PersonActor, record: Placement, kind: PlacementRequestKind): Asker[] {
  return REQUESTS[kind].askers.filter((asker) => permits(placementRules[ASKING[asker]], actor, record));
}

/**
 * Asks for an extension, an early return, force majeure, or reports that nobody came; `REQUESTS` says who asks and whose
 * pen decides. One request is open at a time.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale` in another state, `invalid`: a date that does not fit, one that
 *   outlives the passport, a no-show before the first day, no reason, a request still open
 */
export async function makeRequest(
  db: Db,
  actor: PersonActor,
  input: { reference: string; kind: string; newDate?: string | undefined; reason: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    const { kind, newDate, reason } = checked(requestSchema, { newDate: '', ...input });
    const [asker] = askersOf(actor, record, kind);
    if (!asker) throw forbidden();
    const rule = REQUESTS[kind];
    if (!rule.from.includes(record.state)) throw stale('staleState');
    await demandNoRequest(tx, record.id);
    const { host } = await sidesOfStay(tx, record);
    const today = calendarDateOf(now, host);
    if (kind === 'no-show' && today < record.startsOn) throw invalid('placements.noShowTooEarly');
    const asked = rule.date === 'none' || record.state !== 'stay' ? null : newDate;
    demandDate(record, rule.date, asked, today);
    if (asked && asked > record.endsOn) await demandPassport(tx, record, asked, 'newDate');
    const decides = decidingParty(kind, asker);
    const number = (await requestsOf(tx, record.id)).length + 1;
    await tx.insert(placementRequest).values({
      placementId: record.id,
      number,
      kind,
      reason,
      newDate: asked,
      askedBy: actor.personId,
      askedAt: now,
      decidingInstitutionId: decides === 'home' ? record.homeInstitutionId : record.hostInstitutionId,
    });
    await audit(tx, {
      code: 'placement.request',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: asker === 'host' ? record.hostInstitutionId : record.homeInstitutionId,
      facts: { request: kind, number, ...(asked ? { on: asked } : {}) },
    });
    await tellStay(tx, record, requestMadeMessage, {
      cause: `request:${number}`,
      to: ['participant', 'home-coordinator', 'host-coordinator'],
      by: actor,
    });
  });
}

function demandDate(
  record: Placement,
  rule: (typeof REQUESTS)[PlacementRequestKind]['date'],
  newDate: string | null,
  today: string,
): void {
  const wrong = (reason: string) => invalid('invalid', { fields: { newDate: [reason] } });
  if (newDate === null) {
    if (rule === 'later' || rule === 'earlier') throw wrong('placements.giveDate');
    return;
  }
  if (rule === 'later' && newDate <= record.endsOn) throw wrong('placements.notLater');
  if (rule !== 'later' && newDate >= record.endsOn) throw wrong('placements.notEarlier');
  if (newDate < today) throw wrong('placements.inThePast');
  // No call offers more: a stay of another length is another stay.
  if (newDate > daysAfter(record.startsOn, WEEKS_MAX * 7)) throw wrong('placements.tooLong');
  if (newDate <= record.startsOn) throw wrong('placements.beforeStart');
}
