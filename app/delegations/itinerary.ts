import { airportOf } from '#app/travel/known-airports.ts';
import { formatDate } from '#app/ui/format-when.ts';
import type { Locale, LocalizedText } from '#db/schema/shared.ts';
import type { DelegateFile, travelFileInScope } from './queries.ts';

/** What a traveller carries along: the event, their legs, their beds. No passport. */
export type Itinerary = {
  reference: string;
  title: LocalizedText;
  city: LocalizedText;
  venue: LocalizedText;
  hotel: LocalizedText;
  startsOn: string;
  endsOn: string;
  /** When the traveller is first and last needed there. */
  duty: { first: Date | null; last: Date | null };
  one: Pick<DelegateFile, 'id' | 'name' | 'cyrillicSpelling' | 'stays'> & {
    file: { legs: readonly ItineraryLeg[] };
  };
  /** Who shares the room, where both have named each other. */
  mate: DelegateFile['name'] | null;
};
export type ItineraryLeg = Omit<DelegateFile['file']['legs'][number], 'tripId' | 'number' | 'direction'>;

/** Out of a travel file the actor may see. */
export function itineraryOf(found: Awaited<ReturnType<typeof travelFileInScope>>): Itinerary {
  const { one, event, delegation, together } = found;
  const { title, city, venue, startsOn, endsOn } = event;
  const { reference, hotel } = delegation;
  const { firstDutyAt, lastDutyAt } = one.file.trip;
  const shares = one.mutual && together.some((other) => other.personId === one.mate?.personId);
  return {
    reference,
    title,
    city,
    venue,
    hotel,
    startsOn,
    endsOn,
    duty: { first: firstDutyAt, last: lastDutyAt },
    one,
    mate: shares && one.mate ? one.mate.name : null,
  };
}

/** A place as a traveller reads it: “Moscow (SVO)”. */
export function placeName(code: string, locale: Locale): string {
  const found = airportOf(code);
  return found ? `${found.city[locale]} (${code})` : code;
}

const GAP = '\u00a0';

/** “19 May 2026, 03:55 (UTC+5:30)”: the clock of the place, and which clock it is. */
export function localTime(local: string, zone: string, at: Date, locale: Locale): string {
  return `${formatDate(local.slice(0, 10), locale)}, ${local.slice(11)}${GAP}(${offsetName(zone, at)})`;
}

/** “UTC+5:30” at that moment; zones change theirs, and not all have a name that travellers know. */
export function offsetName(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts(at);
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? zone).replace('GMT', 'UTC');
}
