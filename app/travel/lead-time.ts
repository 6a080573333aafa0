import { daysAfter } from '#app/platform/calendar.ts';
import type { Side } from '#db/schema/shared.ts';
import type { Requirement, Trip } from './trip-requirement.ts';

/** Whether a day is worked on a side. */
export type Workdays = (side: Side, day: string) => boolean;

/** The working week of both sides, without their holidays. */
export const mondayToFriday: Workdays = (_, day) => {
  const weekday = new Date(day).getUTCDay();
  return weekday > 0 && weekday < 6;
};

type Lead = Pick<Requirement, 'leadDays' | 'leadUnit' | 'owner'>;
type Sides = Pick<Trip, 'home' | 'host'>;

/** The day on which something asked for on `day` is there. */
export function doneAfter(lead: Lead, of: Sides, day: string, workdays: Workdays): string {
  if (lead.leadUnit === 'calendar') return daysAfter(day, lead.leadDays);
  const side = sideOf(lead, of);
  let [reached, left] = [day, lead.leadDays];
  while (left > 0) {
    reached = daysAfter(reached, 1);
    if (workdays(side, reached)) left -= 1;
  }
  return reached;
}

/** The last day on which something can be asked for that has to be there on `deadline`: the mirror of `doneAfter`. */
export function askedBefore(lead: Lead, of: Sides, deadline: string, workdays: Workdays): string {
  if (lead.leadUnit === 'calendar') return daysAfter(deadline, -lead.leadDays);
  const side = sideOf(lead, of);
  let [reached, left] = [deadline, lead.leadDays];
  while (left > 0) {
    if (workdays(side, reached)) left -= 1;
    reached = daysAfter(reached, -1);
  }
  return reached;
}

/** Whose calendar counts: that of whoever acts. */
function sideOf({ owner }: Lead, { home, host }: Sides): Side {
  return owner === 'host' ? host : (home ?? host);
}
