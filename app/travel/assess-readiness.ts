import { daysAfter, daysBetween } from '#app/platform/calendar.ts';
import type { Side } from '#db/schema/shared.ts';

/** What a person travels for. */
export const PURPOSES = ['attend', 'speak', 'stay'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const VISA_ROUTES = ['e-visa', 'invitation', 'none'] as const;
export type VisaRoute = (typeof VISA_ROUTES)[number];

/** All that readiness knows of a journey; who plans it is not its business. */
export type Trip = {
  personId: string;
  /** First day away and last day of the stay, as calendar dates. */
  startsOn: string;
  endsOn: string;
  home: Side | null;
  host: Side;
  purpose: Purpose;
  visaRoute: VisaRoute;
};

export const REQUIREMENT_KEYS = [
  'passport',
  'institute',
  'clearance',
  'hostClearance',
  'invitation',
  'visa',
  'insurance',
  'flights',
  'hotel',
  'publication',
] as const;
export type RequirementKey = (typeof REQUIREMENT_KEYS)[number];

export type Owner = 'traveller' | 'home' | 'host';

/** One thing a journey needs. */
export type Requirement = {
  key: RequirementKey;
  /** Who has to act. */
  owner: Owner;
  /** How many days it takes from asking to having. */
  leadDays: number;
  /** Where the time depends on the journey. */
  leadDaysOf?: (trip: Trip) => number;
  applies: (trip: Trip) => boolean;
  /** What has to be there before this can be asked for. */
  after: readonly RequirementKey[];
  /** Until when the paper has to be valid, for those that end. */
  validUntil?: (trip: Trip) => string;
  /** Where the rule comes from. */
  source: string;
};

/** What is known of one requirement of one journey. Dates are calendar dates. */
export type Fact = {
  state: 'missing' | 'asked' | 'done' | 'refused' | 'not-needed';
  askedOn?: string | null;
  doneOn?: string | null;
  validUntil?: string | null;
  /** What a check of the facts themselves found, the worst first. */
  problem?: { code: string; tone: 'risk' | 'stop'; params?: Record<string, string | number> } | null;
};

export type Tone = 'ok' | 'risk' | 'stop' | 'idle';

/** Why a cell has its colour; the words stand under `travel:reason`. Problems of checks bring codes of their own. */
export const REASONS = [
  'done',
  'notNeeded',
  'past',
  'todo',
  'tooLate',
  'underWay',
  'late',
  'willBeLate',
  'refused',
  'endsEarly',
  'waitsFor',
] as const;

/** One person's one requirement, with its reason and the last day on which acting still helps. */
export type Cell = {
  key: RequirementKey;
  owner: Owner;
  tone: Tone;
  reason: string;
  params: Record<string, string | number>;
  actBy: string | null;
};

const MISSING: Fact = { state: 'missing' };

/**
 * What stands between a person and a journey, as of `today`: which may be any day, for “as if today were …”. Pure.
 * A thing that was asked for or received after `today` has not happened yet.
 *
 * @param facts by requirement; what is not there is missing.
 * @returns a cell per requirement, in the order of the definitions.
 */
export function assess(
  trip: Trip,
  requirements: readonly Requirement[],
  facts: Partial<Record<RequirementKey, Fact>>,
  today: string,
): Cell[] {
  const byKey = new Map(requirements.map((one) => [one.key, one]));
  const known = new Map<RequirementKey, Cell>();
  const standing = (one: Requirement) => asOf(facts[one.key] ?? MISSING, today);
  const open = (one: Requirement) => one.applies(trip) && isOpen(one, standing(one), trip);
  const judge = (one: Requirement): Cell => {
    const made = known.get(one.key);
    if (made) return made;
    const before = one.after.flatMap((key) => {
      const earlier = byKey.get(key);
      return earlier ? [judge(earlier)] : [];
    });
    const cell = judged(one, trip, standing(one), before, daysLeftFor(one, trip, requirements, open), today);
    known.set(one.key, cell);
    return cell;
  };
  return requirements.map(judge);
}

/** How many days the things that can only follow on this one take, along the longest chain of those still open. */
function daysLeftFor(
  one: Requirement,
  trip: Trip,
  requirements: readonly Requirement[],
  open: (one: Requirement) => boolean,
): number {
  const followers = requirements.filter((other) => other.after.includes(one.key) && open(other));
  return Math.max(
    0,
    ...followers.map((other) => leadOf(other, trip) + daysLeftFor(other, trip, requirements, open)),
  );
}

function judged(
  one: Requirement,
  trip: Trip,
  fact: Fact,
  before: readonly Cell[],
  daysAfterwards: number,
  today: string,
): Cell {
  const { key, owner } = one;
  const cell = (
    tone: Tone,
    reason: string,
    params: Cell['params'] = {},
    actBy: string | null = null,
  ): Cell => ({
    key,
    owner,
    tone,
    reason,
    params,
    actBy,
  });
  if (!one.applies(trip) || fact.state === 'not-needed') return cell('idle', 'notNeeded');
  if (trip.endsOn < today) return cell('idle', 'past');
  const lead = leadOf(one, trip);
  // In hand the day before leaving, and in time for what follows on it.
  const deadline = daysAfter(trip.startsOn, -1 - daysAfterwards);
  const actBy = daysAfter(deadline, -lead);
  if (fact.state === 'refused') return cell('stop', 'refused', {}, actBy);
  if (endsEarly(one, fact, trip)) {
    const params = { validUntil: fact.validUntil ?? '', needed: one.validUntil?.(trip) ?? '' };
    return cell('stop', 'endsEarly', params, actBy);
  }
  if (fact.problem) {
    return cell(fact.problem.tone, fact.problem.code, fact.problem.params ?? {}, actBy);
  }
  if (fact.state === 'done')
    return cell('ok', 'done', fact.validUntil ? { validUntil: fact.validUntil } : {});
  const blocking = before.find((earlier) => earlier.tone === 'stop');
  if (blocking) return cell('stop', 'waitsFor', { requirement: blocking.key }, blocking.actBy);
  if (fact.state === 'asked') return underWay(fact.askedOn ?? today, lead, deadline, today, cell);
  const days = daysBetween(today, actBy);
  return days < 0
    ? cell('stop', 'tooLate', { lead, since: actBy, days: -days }, actBy)
    : cell('risk', 'todo', { lead, days }, actBy);
}

function underWay(
  askedOn: string,
  lead: number,
  deadline: string,
  today: string,
  cell: (tone: Tone, reason: string, params?: Cell['params'], actBy?: string | null) => Cell,
): Cell {
  const expected = daysAfter(askedOn, lead);
  if (today > deadline || expected > deadline) {
    return cell('stop', 'willBeLate', { expected: expected > today ? expected : today, deadline }, deadline);
  }
  if (today > expected)
    return cell('risk', 'late', { expected, days: daysBetween(expected, today) }, deadline);
  return cell('risk', 'underWay', { askedOn, expected }, deadline);
}

function leadOf(one: Requirement, trip: Trip): number {
  return one.leadDaysOf?.(trip) ?? one.leadDays;
}

function endsEarly(one: Requirement, fact: Fact, trip: Trip): boolean {
  const needed = one.validUntil?.(trip);
  return fact.state === 'done' && needed !== undefined && fact.validUntil != null && fact.validUntil < needed;
}

function isOpen(one: Requirement, fact: Fact, trip: Trip): boolean {
  return fact.state === 'missing' || fact.state === 'refused' || endsEarly(one, fact, trip);
}

/** The fact as it stood on a day. */
function asOf(fact: Fact, today: string): Fact {
  if (fact.askedOn && fact.askedOn > today) return MISSING;
  if (fact.state === 'done' && fact.doneOn && fact.doneOn > today) {
    return fact.askedOn ? { state: 'asked', askedOn: fact.askedOn } : MISSING;
  }
  return fact;
}

const SEVERITY: Record<Tone, number> = { stop: 0, risk: 1, ok: 2, idle: 3 };

/** Which of two cells fails first: the worse one, then the one whose last day comes sooner. */
export function byUrgency(a: Cell, b: Cell): number {
  return SEVERITY[a.tone] - SEVERITY[b.tone] || (a.actBy ?? '9999').localeCompare(b.actBy ?? '9999');
}

/** The cell that fails first; null where everything is ready. */
export function firstToFail(cells: readonly Cell[]): Cell | null {
  const [first] = [...cells].sort(byUrgency);
  return first && (first.tone === 'stop' || first.tone === 'risk') ? first : null;
}

/** The colour of the whole journey: its worst cell; `idle` where nothing is needed any more. */
export function toneOf(cells: readonly Cell[]): Tone {
  const [first] = [...cells].sort(byUrgency);
  return first?.tone ?? 'idle';
}
