import { localTimeOf } from '#app/platform/local-instant.ts';

/** The calendar date of an instant by a city's wall clock: `2026-12-12`. */
export const calendarDateIn = (at: Date, timeZone: string) => localTimeOf(at, timeZone).slice(0, 10);
