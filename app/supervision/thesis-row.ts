import { readTable } from '#app/platform/table.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';
import type { ThesisRole } from '#db/schema/supervision.ts';
import { type Area, isArea } from './area.ts';

/** One row of a file of theses; people by e-mail, dates as `YYYY-MM-DD`. */
export type ThesisRow = {
  /** As a spreadsheet counts; the header is row 1. */
  row: number;
  candidate: string;
  supervisor: string;
  coSupervisor: string;
  area: string;
  titleEn: string;
  titleRu: string;
  starts: string;
  expectedDefence: string;
};

/** Persons of the portal by address, in lower case. */
export type People = ReadonlyMap<string, { personId: string; institutionId: string; side: Side | null }>;

type Standing = { personId: string; institutionId: string; side: Side };

export type JudgedThesis = {
  members: Record<ThesisRole, Standing>;
  title: LocalizedText;
  area: Area;
  startsOn: string;
  expectedDefenceOn: string;
};

/**
 * Reads a file of theses with the columns `candidate`, `supervisor`, `co_supervisor`, `area`, `title_en`, `title_ru`,
 * `starts`, `expected_defence`.
 *
 * @throws Refusal `invalid` when it is no table
 */
export function readThesisRows(bytes: Uint8Array): ThesisRow[] {
  return readTable(bytes).rows.map(({ row, values }) => ({
    row,
    candidate: values.candidate ?? '',
    supervisor: values.supervisor ?? '',
    coSupervisor: values.co_supervisor ?? '',
    area: values.area ?? '',
    titleEn: values.title_en ?? '',
    titleRu: values.title_ru ?? '',
    starts: values.starts ?? '',
    expectedDefence: values.expected_defence ?? '',
  }));
}

/**
 * Whether a row makes a thesis: three different people whom the portal knows, the supervisor of the candidate's side,
 * the co-supervisor of the other one. `known` is each candidate's present title.
 */
export function judgeThesis(
  row: ThesisRow,
  people: People,
  known: ReadonlyMap<string, LocalizedText>,
  importsFor: (institutionId: string) => boolean,
): JudgedThesis | 'known' | { problem: string } {
  const members = membersOf(row, people);
  if ('problem' in members) return members;
  const { candidate, supervisor } = members;
  const title = { en: row.titleEn, ru: row.titleRu };
  const present = known.get(candidate.personId);
  if (present) {
    const same = present.en === title.en && present.ru === title.ru;
    return same ? 'known' : { problem: 'supervision.import.hasThesis' };
  }
  if (!Object.values(members).some((member) => importsFor(member.institutionId))) {
    return { problem: 'supervision.import.notYours' };
  }
  if (supervisor.side !== candidate.side) return { problem: 'supervision.import.supervisorSide' };
  if (!isArea(row.area)) return { problem: 'supervision.import.area' };
  if (title.en === '' && title.ru === '') return { problem: 'supervision.import.title' };
  if (!isDate(row.starts) || !isDate(row.expectedDefence)) return { problem: 'supervision.import.date' };
  if (row.starts >= row.expectedDefence) return { problem: 'supervision.import.order' };
  return { members, title, area: row.area, startsOn: row.starts, expectedDefenceOn: row.expectedDefence };
}

function membersOf(row: ThesisRow, people: People): Record<ThesisRole, Standing> | { problem: string } {
  const [candidate, supervisor, coSupervisor] = [row.candidate, row.supervisor, row.coSupervisor].map(
    (address) => standing(people.get(address.trim().toLowerCase())),
  );
  if (!candidate) return { problem: 'supervision.import.candidate' };
  if (!supervisor) return { problem: 'supervision.import.supervisor' };
  if (!coSupervisor) return { problem: 'supervision.import.coSupervisor' };
  if (candidate.personId === supervisor.personId || candidate.personId === coSupervisor.personId) {
    return { problem: 'supervision.import.samePerson' };
  }
  if (supervisor.side === coSupervisor.side) return { problem: 'supervision.import.oneSide' };
  return { candidate, supervisor, 'co-supervisor': coSupervisor };
}

/** People of “other organisation” stand on no side and so in no joint thesis. */
function standing(found: ReturnType<People['get']>): Standing | null {
  return found?.side ? { ...found, side: found.side } : null;
}

function isDate(typed: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return false;
  const date = new Date(`${typed}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(typed);
}
