/**
 * The instant at which the wall clock of a zone shows `local` (“2026-05-19 08:20”, or with “T”).
 *
 * @param timeZone IANA name, e.g. `Europe/Moscow`.
 * @returns null when there is no such date, or when the clock skips that time.
 */
export function instantAt(local: string, timeZone: string): Date | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)$/.test(local)
    ? ['', local.slice(0, 10), local.slice(11, 16)]
    : [];
  if (!day || !time) return null;
  const asUtc = new Date(`${day}T${time}:00Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 10) !== day) return null;
  // Twice, because the offset of the first guess can be that of before a change of clocks.
  const guess = new Date(asUtc.getTime() - offsetAt(asUtc, timeZone));
  const instant = new Date(asUtc.getTime() - offsetAt(guess, timeZone));
  return wallTimeAt(instant, timeZone) === `${day} ${time}` ? instant : null;
}

/** What the wall clock of a zone shows at an instant: “2026-05-19 08:20”. */
export function wallTimeAt(instant: Date, timeZone: string): string {
  const shown = new Date(instant.getTime() + offsetAt(instant, timeZone)).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 16)}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** How far the zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(instant: Date, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(instant.getTime() / 1000) * 1000;
}
