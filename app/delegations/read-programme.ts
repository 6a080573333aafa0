import { isCalendarDate } from '#app/platform/calendar.ts';
import type { CellProblem } from '#app/platform/cell-problem.ts';
import { instantOf } from '#app/platform/local-instant.ts';
import { meantWord, readDate } from '#app/platform/read-cells.ts';
import type { Table } from '#app/platform/table.ts';
import { SESSION_KINDS, type SessionKind } from '#db/schema/delegations.ts';
import type { LocalizedText } from '#db/schema/shared.ts';

export type SessionRow = {
  row: number;
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
export type ProgrammeProblem = CellProblem<(typeof PROGRAMME_PROBLEMS)[number]>;

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
    problems.push(
      ...found.map(({ column, code }): ProgrammeProblem => {
        const value = values[column] ?? '';
        return { row, column, code, weight: 'stop', value, suggestion: meant(code, value), params: {} };
      }),
    );
    if (found.length > 0 || !startsAt || !endsAt) continue;
    sessions.push({
      row,
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

/** What a cell that is not as it should be probably means. */
function meant(code: ProgrammeProblem['code'], value: string): string | null {
  if (code === 'kind') return meantWord(value, SESSION_KINDS);
  if (code === 'zone') return meantWord(value, ZONES, CLOCKS);
  if (code === 'time') {
    const [, hour = '', minute = ''] = /^([01]?\d|2[0-3])[.\-h ]([0-5]\d)$/.exec(value) ?? [];
    return hour === '' ? null : `${hour.padStart(2, '0')}:${minute}`;
  }
  const read = code === 'date' ? readDate(value) : null;
  return read && 'suggestion' in read ? read.suggestion : null;
}

const ZONES = ['Europe/Moscow', 'Asia/Kolkata'] as const;
const CLOCKS = { moscow: ZONES[0], msk: ZONES[0], мск: ZONES[0], kolkata: ZONES[1], ist: ZONES[1] } as const;

function isZone(zone: string): boolean {
  return /^[A-Z]\w+\/\w+/.test(zone) && Intl.supportedValuesOf('timeZone').includes(zone);
}
