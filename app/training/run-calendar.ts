import ical, { ICalCalendarMethod } from 'ical-generator';
import { oneLine } from '#app/platform/one-line.ts';
import type { Locale } from '#db/schema/shared.ts';
import type { RunView } from './run-queries.ts';

/**
 * The calendar file of a run: its sessions, or its days where no times were entered yet. Titles in the reader's
 * language; a calendar that takes the file twice knows each session again.
 *
 * @param url address of the run on the portal
 */
export function runCalendar(
  { run, host, sessions }: RunView,
  locale: Locale,
  url: string,
  now: Date,
): string {
  const title = oneLine(run.course.title[locale]);
  const calendar = ical({
    name: title,
    prodId: { company: 'Setu-Most', product: 'training', language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const location = oneLine([host.name[locale], host.city?.[locale]].filter(Boolean).join(', '));
  const common = { location, url, stamp: now };
  for (const session of sessions) {
    calendar.createEvent({
      ...common,
      id: `${session.id}@${run.reference}`,
      start: session.startsAt,
      end: session.endsAt,
      summary: oneLine(`${title}: ${session.title[locale]}`),
    });
  }
  if (sessions.length === 0) {
    const after = new Date(`${run.endsOn}T00:00:00Z`);
    after.setUTCDate(after.getUTCDate() + 1);
    calendar.createEvent({
      ...common,
      id: `${run.id}@${run.reference}`,
      allDay: true,
      start: new Date(`${run.startsOn}T00:00:00Z`),
      end: after,
      timezone: 'UTC',
      summary: title,
    });
  }
  return calendar.toString();
}
