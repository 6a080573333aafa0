import { daysAfter, daysBetween } from '#app/platform/calendar.ts';
import { workingDaysAfter } from '#app/platform/calendar-days.server.ts';
import type { Tx } from '#db/client.server.ts';
import { placementDuty } from '#db/schema/placements.ts';
import type { Side } from '#db/schema/shared.ts';
import { endOfDay } from './placement-dates.ts';

type Term = { workingDays: number } | { days: number };

/**
 * What the law of the host's country asks for after an arrival (FACTS, “Travel to Russia”, “Travel to India”): in
 * Russia the receiving side notifies the migration authority within seven working days (harant.ru); in India whoever
 * gives lodging files Form C within 24 hours (udupipolice.org), and the traveller registers with the FRRO within 14 days
 * where the stay exceeds 180 days (international.iitd.ac.in). Rules change; the page says with whom to check. An arrival
 * is known by its day, so that “within 24 hours” runs to the end of the next one.
 */
const DUTIES = [
  { code: 'ru-notification', host: 'ru', owner: 'host', term: { workingDays: 7 }, longerThan: null },
  { code: 'in-form-c', host: 'in', owner: 'host', term: { days: 1 }, longerThan: null },
  { code: 'in-frro', host: 'in', owner: 'participant', term: { days: 14 }, longerThan: 180 },
] as const satisfies readonly {
  code: string;
  host: Side;
  owner: 'host' | 'participant';
  term: Term;
  /** Applies only to stays of more days than that. */
  longerThan: number | null;
}[];

export type DutyCode = (typeof DUTIES)[number]['code'];

/** The duties of a stay, by the host's side and the length. */
function dutiesOf(host: Side, stay: { arrivedOn: string; endsOn: string }) {
  const days = daysBetween(stay.arrivedOn, stay.endsOn) + 1;
  return DUTIES.filter((one) => one.host === host && (one.longerThan === null || days > one.longerThan));
}

/**
 * Writes down what falls due because of an arrival, or because a stay became longer; what is known stays as it is.
 *
 * @param from the day from which the term counts: the arrival, or the day on which the longer stay was granted.
 */
export async function addDuties(
  tx: Tx,
  placementId: string,
  host: Side,
  stay: { arrivedOn: string; endsOn: string },
  from: string,
): Promise<void> {
  for (const { code, owner, term } of dutiesOf(host, stay)) {
    const last =
      'workingDays' in term
        ? await workingDaysAfter(tx, host, from, term.workingDays)
        : daysAfter(from, term.days);
    await tx
      .insert(placementDuty)
      .values({ placementId, code, owner, dueAt: endOfDay(last, host) })
      .onConflictDoNothing({ target: [placementDuty.placementId, placementDuty.code] });
  }
}
