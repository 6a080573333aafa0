/**
 * The instant at which a city's wall clock shows `local` (“2026-12-12T18:00”, as `datetime-local` sends it, or with a
 * space as tables write it; seconds may follow).
 *
 * @param timeZone IANA name, e.g. `Europe/Moscow`.
 * @returns null when there is no such date and time, or when the clock skips it.
 */
export function instantOf(local: string, timeZone: string): Date | null {
  const wall = local.replace(' ', 'T');
  if (!/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(wall)) return null;
  const asUtc = new Date(`${wall}Z`);
  if (Number.isNaN(asUtc.getTime())) return null;
  // Twice, because the offset of the first guess can be that of before a change of clocks.
  const guess = new Date(asUtc.getTime() - offsetAt(asUtc, timeZone));
  const instant = new Date(asUtc.getTime() - offsetAt(guess, timeZone));
  return localTimeOf(instant, timeZone) === wall.slice(0, 16) ? instant : null;
}

/** What the city's wall clock shows at an instant, as `datetime-local` wants it. */
export function localTimeOf(instant: Date, timeZone: string): string {
  return new Date(instant.getTime() + offsetAt(instant, timeZone)).toISOString().slice(0, 16);
}

// Making one costs a hundred times what using it does; a list of legs asks for thousands.
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
