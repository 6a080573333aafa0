import ical, { ICalCalendarMethod } from 'ical-generator';
import { daysAfter } from '#app/platform/calendar.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { oneLine } from '#app/platform/one-line.ts';
import type { Locale } from '#db/schema/shared.ts';
import { type Itinerary, localTime, placeName } from './itinerary.ts';

/**
 * A traveller's calendar: legs with their instants, the days of the event, the nights in the hotel. Words in the reader's
 * language. Ids stay the same, so that a calendar that reads it again changes what is there.
 *
 * @param url address of the travel file on the portal
 */
export function itineraryCalendar(of: Itinerary, locale: Locale, url: string, now: Date): string {
  const t = tFor(locale);
  const title = oneLine(of.title[locale] || of.title.en);
  const calendar = ical({
    name: title,
    prodId: { company: 'Setu-Most', product: 'delegations', language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const common = { url, stamp: now };
  for (const leg of of.one.file.legs) {
    calendar.createEvent({
      ...common,
      id: `${leg.id}@${of.reference}`,
      start: leg.departsAt,
      end: leg.arrivesAt,
      summary: oneLine(`${leg.carrier} ${leg.fromCode}–${leg.toCode}`),
      location: placeName(leg.fromCode, locale),
      // A calendar shows the traveller's own clock; the tickets show those of the places.
      description: t('delegations:itinerary.localLeg', {
        from: placeName(leg.fromCode, locale),
        departs: localTime(leg.departsLocal, leg.departsZone, leg.departsAt, locale),
        to: placeName(leg.toCode, locale),
        arrives: localTime(leg.arrivesLocal, leg.arrivesZone, leg.arrivesAt, locale),
      }),
    });
  }
  calendar.createEvent({
    ...common,
    id: `${of.one.id}-event@${of.reference}`,
    ...days(of.startsOn, daysAfter(of.endsOn, 1)),
    summary: title,
    location: oneLine([of.venue[locale], of.city[locale]].filter(Boolean).join(', ')),
  });
  for (const [index, stay] of of.one.stays.entries()) {
    calendar.createEvent({
      ...common,
      id: `${of.one.id}-stay${index === 0 ? '' : index + 1}@${of.reference}`,
      ...days(stay.from, stay.to),
      summary: oneLine(of.hotel[locale] || of.hotel.en || t('delegations:itinerary.hotel')),
      location: oneLine(of.city[locale] || of.city.en),
    });
  }
  return calendar.toString();
}

/** Whole days, of no zone; `until` is the day after the last. */
function days(from: string, until: string) {
  return {
    allDay: true,
    start: new Date(`${from}T00:00:00Z`),
    end: new Date(`${until}T00:00:00Z`),
    timezone: 'UTC',
  };
}
