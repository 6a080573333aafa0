import { daysAfter, daysBetween, monthsAfter } from '#app/platform/calendar.ts';
import { askedBefore, doneAfter, mondayToFriday, type Workdays } from './lead-time.ts';
import type { Limit, Owner, Requirement, Trip } from './trip-requirement.ts';

/** What is known of one requirement of one journey. Dates are calendar dates. */
export type Fact = {
  state: 'missing' | 'asked' | 'done' | 'refused' | 'not-needed';
  askedOn?: string | null;
  doneOn?: string | null;
  validUntil?: string | null;
  /** What a check of the facts themselves found, the worst first. */
  problem?: { code: string; tone: 'risk' | 'stop'; params?: Record<string, string | number> } | null;
};

/** By the code of the requirement; what is not there is missing. */
export type Facts = Partial<Record<string, Fact>>;

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
  'stayTooLong',
  'waitsFor',
] as const;

/** One person's one requirement, with its reason and the last day on which acting still helps. */
export type Cell = {
  code: string;
  owner: Owner;
  tone: Tone;
  reason: string;
  params: Record<string, string | number>;
  actBy: string | null;
  /** The first day on which the journey could begin with this in hand; null where it is not time that is short. */
  startFrom: string | null;
};

const MISSING: Fact = { state: 'missing' };

/**
 * What stands between a person and a journey, as of `today`: which may be any day, for “as if today were …”. Pure.
 * A thing that was asked for or received after `today` has not happened yet.
 *
 * @returns a cell per active requirement, in the order of the definitions.
 */
export function assessReadiness(
  trip: Trip,
  facts: Facts,
  requirements: readonly Requirement[],
  today: string,
  workdays: Workdays = mondayToFriday,
): Cell[] {
  const active = requirements.filter((one) => one.active);
  const chain = chainOf(trip, facts, active, today, workdays);
  const known = new Map<string, Cell>();
  const judging = new Set<string>();
  const judge = (one: Requirement): Cell => {
    const made = known.get(one.code);
    if (made) return made;
    // Two that wait for each other wait for neither.
    judging.add(one.code);
    const before = chain.before(one).filter((earlier) => !judging.has(earlier.code));
    const cell = judged(one, trip, chain.standing(one), before.map(judge), chain, today);
    judging.delete(one.code);
    known.set(one.code, cell);
    return cell;
  };
  return active.map(judge);
}

/** Whether a journey needs this at all. */
export function appliesTo({ applies }: Pick<Requirement, 'applies'>, trip: Trip): boolean {
  const { purposes, homes, hosts, visaRoutes, minDays } = applies;
  if (purposes && !purposes.includes(trip.purpose)) return false;
  if (homes && (trip.home === null || !homes.includes(trip.home))) return false;
  if (hosts && (!hosts.includes(trip.host) || trip.home === trip.host)) return false;
  if (visaRoutes && !visaRoutes.includes(trip.visaRoute)) return false;
  return !minDays || daysOf(trip) >= minDays;
}

/** How long a journey takes, the first and the last day counted. */
export function daysOf(trip: Pick<Trip, 'startsOn' | 'endsOn'>): number {
  return daysBetween(trip.startsOn, trip.endsOn) + 1;
}

type Chain = ReturnType<typeof chainOf>;

/** How the requirements of a journey follow on each other, reckoned in days. */
function chainOf(
  trip: Trip,
  facts: Facts,
  requirements: readonly Requirement[],
  today: string,
  workdays: Workdays,
) {
  const byCode = new Map(requirements.map((one) => [one.code, one]));
  const standing = (one: Requirement) => asOf(facts[one.code] ?? MISSING, today);
  const following = new Map<string, Requirement[]>();
  for (const one of requirements) {
    if (!appliesTo(one, trip) || !isOpen(one, standing(one), trip)) continue;
    for (const code of one.after) following.set(code, [...(following.get(code) ?? []), one]);
  }
  const eve = daysAfter(trip.startsOn, -1);
  /** The last day on which this still comes in time for what follows on it, and for leaving. */
  const deadline = (one: Requirement, seen: readonly string[] = []): string => {
    let last = eve;
    for (const next of following.get(one.code) ?? []) {
      if (seen.includes(next.code)) continue;
      const asked = askedBefore(next, trip, deadline(next, [...seen, one.code]), workdays);
      if (asked < last) last = asked;
    }
    return last;
  };
  /** The day on which everything that follows on this is there, should this be there on `done`. */
  const whole = (one: Requirement, done: string, seen: readonly string[] = []): string => {
    let last = done;
    for (const next of following.get(one.code) ?? []) {
      if (seen.includes(next.code)) continue;
      const then = whole(next, doneAfter(next, trip, done, workdays), [...seen, one.code]);
      if (then > last) last = then;
    }
    return last;
  };
  return {
    standing,
    before: (one: Requirement) => one.after.flatMap((code) => byCode.get(code) ?? []),
    deadline,
    /** The first day on which the journey can begin, should this be there on `done`. */
    startAfter: (one: Requirement, done: string) => daysAfter(whole(one, done), 1),
    doneAfter: (one: Requirement, day: string) => doneAfter(one, trip, day, workdays),
    askedBefore: (one: Requirement, day: string) => askedBefore(one, trip, day, workdays),
  };
}

function judged(
  one: Requirement,
  trip: Trip,
  fact: Fact,
  before: readonly Cell[],
  chain: Chain,
  today: string,
): Cell {
  const { code, owner } = one;
  const cell = (
    tone: Tone,
    reason: string,
    params: Cell['params'] = {},
    actBy: string | null = null,
    startFrom: string | null = null,
  ): Cell => ({ code, owner, tone, reason, params, actBy, startFrom });
  if (!appliesTo(one, trip) || fact.state === 'not-needed') return cell('idle', 'notNeeded');
  if (trip.endsOn < today) return cell('idle', 'past');
  const deadline = chain.deadline(one);
  const actBy = chain.askedBefore(one, deadline);
  const limit = limitOf(one, trip);
  if (fact.state === 'refused') return cell('stop', 'refused', {}, actBy);
  if (limit.longestStay !== undefined && daysOf(trip) > limit.longestStay) {
    return cell('stop', 'stayTooLong', { days: daysOf(trip), most: limit.longestStay }, actBy);
  }
  if (endsEarly(one, fact, trip)) {
    const params = { validUntil: fact.validUntil ?? '', needed: neededUntil(one, trip) ?? '' };
    return cell('stop', 'endsEarly', params, actBy);
  }
  if (fact.problem) {
    return cell(fact.problem.tone, fact.problem.code, fact.problem.params ?? {}, actBy);
  }
  if (fact.state === 'done')
    return cell('ok', 'done', fact.validUntil ? { validUntil: fact.validUntil } : {});
  const blocking = before.filter((earlier) => earlier.tone === 'stop');
  if (blocking[0]) {
    const starts = blocking.map((earlier) => earlier.startFrom);
    const startFrom = starts.includes(null) ? null : (starts.toSorted().at(-1) ?? null);
    return cell('stop', 'waitsFor', { requirement: blocking[0].code }, blocking[0].actBy, startFrom);
  }
  if (fact.state === 'asked') {
    const askedOn = fact.askedOn ?? today;
    const expected = chain.doneAfter(one, askedOn);
    const here = expected > today ? expected : today;
    if (here > deadline) {
      const params = { expected: here, deadline };
      return cell('stop', 'willBeLate', params, deadline, chain.startAfter(one, here));
    }
    if (today > expected)
      return cell('risk', 'late', { expected, days: daysBetween(expected, today) }, deadline);
    return cell('risk', 'underWay', { askedOn, expected }, deadline);
  }
  const lead: Cell['params'] = { lead: one.leadDays };
  if (one.leadUnit === 'working') lead.unit = 'working';
  const days = daysBetween(today, actBy);
  if (days >= 0) return cell('risk', 'todo', { ...lead, days }, actBy);
  const startFrom = chain.startAfter(one, chain.doneAfter(one, today));
  return cell('stop', 'tooLate', { ...lead, since: actBy, days: -days }, actBy, startFrom);
}

const NO_LIMIT: Limit = {};

function limitOf(one: Requirement, trip: Trip): Limit {
  return one.limits[trip.host] ?? NO_LIMIT;
}

/** The day until which the paper has to be valid; null for what does not end. */
function neededUntil(one: Requirement, trip: Trip): string | null {
  const { monthsPastEnd } = limitOf(one, trip);
  return monthsPastEnd === undefined ? null : monthsAfter(trip.endsOn, monthsPastEnd);
}

function endsEarly(one: Requirement, fact: Fact, trip: Trip): boolean {
  if (fact.state !== 'done' || fact.validUntil == null) return false;
  const needed = neededUntil(one, trip);
  return needed !== null && fact.validUntil < needed;
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
export function byUrgency(a: Pick<Cell, 'tone' | 'actBy'>, b: Pick<Cell, 'tone' | 'actBy'>): number {
  return SEVERITY[a.tone] - SEVERITY[b.tone] || (a.actBy ?? '9999').localeCompare(b.actBy ?? '9999');
}

/** The cell that fails first; null where everything is ready. */
export function firstToFail<C extends Pick<Cell, 'tone' | 'actBy'>>(cells: readonly C[]): C | null {
  const [first] = [...cells].sort(byUrgency);
  return first && (first.tone === 'stop' || first.tone === 'risk') ? first : null;
}

/** The colour of the whole journey: its worst cell; `idle` where nothing is needed any more. */
export function toneOf(cells: readonly Pick<Cell, 'tone' | 'actBy'>[]): Tone {
  const [first] = [...cells].sort(byUrgency);
  return first?.tone ?? 'idle';
}
