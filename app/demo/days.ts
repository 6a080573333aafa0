const DAY = 24 * 60 * 60 * 1000;

/** Days from the day of seeding, at the minute a notice gives: 18:00 in Moscow. */
export function onDay(now: Date, days: number): Date {
  const day = new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
  return new Date(`${day}T18:00:00+03:00`);
}

/** A calendar date, days from the day of seeding. */
export const dateOn = (now: Date, days: number) =>
  new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
