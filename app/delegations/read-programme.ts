import { isCalendarDate } from '#app/platform/calendar.ts';
import { instantOf } from '#app/platform/local-instant.ts';
import type { Table } from '#app/platform/table.ts';
import { SESSION_KINDS, type SessionKind } from '#db/schema/delegations.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { readDate } from './read-cells.ts';

export type SessionRow = {
  code: string;
  title: LocalizedText;
  kind: SessionKind;
  hall: string;
  startsAt: Date;
  endsAt: Date;
};

/** What can be wrong with a row of a programme; the words stand under `delegations:programmeProblem`. */
export const PROGRAMME_PROBLEMS = [
  'required',
  'kind',
  'date',
  'time',
  'endsEarly',
  'zone',
  'twice',
  'outside',
] as const;
export type ProgrammeProblem = {
  row: number;
  column: string;
  code: (typeof PROGRAMME_PROBLEMS)[number];
  value: string;
};

const COLUMNS = ['code', 'title_en', 'title_ru', 'kind', 'date', 'starts', 'ends', 'zone', 'hall'] as const;

/** Reads an event's programme. Times are by the clock of the zone each row names. */
export function readProgramme(
  table: Table,
  event: { startsOn: string; endsOn: string },
): { sessions: SessionRow[]; problems: ProgrammeProblem[]; missingColumns: string[] } {
  const missingColumns = COLUMNS.filter((column) => !table.header.includes(column));
  if (missingColumns.length > 0) return { sessions: [], problems: [], missingColumns };
  const seen = new Set<string>();
  const sessions: SessionRow[] = [];
  const problems: ProgrammeProblem[] = [];
  for (const { row, values } of table.rows) {
    const cell = (column: (typeof COLUMNS)[number]) => values[column] ?? '';
    const found: Pick<ProgrammeProblem, 'column' | 'code'>[] = COLUMNS.filter(
      (column) => column !== 'hall' && cell(column) === '',
    ).map((column) => ({ column, code: 'required' }));
    const bad = (column: (typeof COLUMNS)[number], code: ProgrammeProblem['code']) => {
      if (cell(column) !== '') found.push({ column, code });
    };
    if (!(SESSION_KINDS as readonly string[]).includes(cell('kind'))) bad('kind', 'kind');
    if (!isZone(cell('zone'))) bad('zone', 'zone');
    if (seen.has(cell('code'))) bad('code', 'twice');
    seen.add(cell('code'));
    const read = readDate(cell('date'));
    const date = 'date' in read ? read.date : '';
    if (!isCalendarDate(date)) bad('date', 'date');
    else if (date < event.startsOn || date > event.endsOn) bad('date', 'outside');
    const at = (column: 'starts' | 'ends') => {
      const time = cell(column).padStart(5, '0');
      // A time that no clock shows is named whatever the other cells hold.
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
        bad(column, 'time');
        return null;
      }
      const instant = isZone(cell('zone')) && date ? instantOf(`${date} ${time}`, cell('zone')) : null;
      if (!instant && date && isZone(cell('zone'))) bad(column, 'time');
      return instant;
    };
    const [startsAt, endsAt] = [at('starts'), at('ends')];
    if (startsAt && endsAt && endsAt <= startsAt) bad('ends', 'endsEarly');
    problems.push(...found.map((one) => ({ row, ...one, value: values[one.column] ?? '' })));
    if (found.length > 0 || !startsAt || !endsAt) continue;
    sessions.push({
      code: cell('code'),
      title: { en: cell('title_en'), ru: cell('title_ru') },
      kind: cell('kind') as SessionKind,
      hall: cell('hall'),
      startsAt,
      endsAt,
    });
  }
  return { sessions, problems, missingColumns };
}

function isZone(zone: string): boolean {
  return /^[A-Z]\w+\/\w+/.test(zone) && Intl.supportedValuesOf('timeZone').includes(zone);
}
