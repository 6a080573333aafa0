import { instantOf } from '#app/platform/local-instant.ts';
import { type Airport, airportOf, distanceBetween } from './known-airports.ts';

/** One flight or train as its ticket says it: local times, no zones. */
export type Leg = {
  direction: 'out' | 'back';
  from: string;
  to: string;
  carrier: string;
  /** “2026-05-19 03:55” by the clock of `from`. */
  departs: string;
  /** By the clock of `to`. */
  arrives: string;
};

/** A leg whose times have become instants through the zones of its airports. */
export type TimedLeg = Leg & {
  departsAt: Date;
  arrivesAt: Date;
  departsZone: string;
  arrivesZone: string;
};

export const LEG_PROBLEMS = [
  'unknownAirport',
  'noSuchTime',
  'nowhere',
  'landsBeforeTakeOff',
  'impossibleSpeed',
  'gap',
  'changeOfAirport',
  'overlap',
  'impossibleConnection',
  'shortConnection',
  'longStop',
  'landsAfterDuty',
  'landsCloseToDuty',
  'leavesBeforeDutyEnds',
] as const;
export type LegProblemCode = (typeof LEG_PROBLEMS)[number];

/** Something wrong with leg number `leg` (from 0). `stop`: the journey cannot be made so; `risk`: it may fail. */
export type LegProblem = {
  leg: number;
  /** Which part of the leg is to blame. */
  part: 'from' | 'to' | 'departs' | 'arrives';
  code: LegProblemCode;
  tone: 'stop' | 'risk';
  params: Record<string, string | number>;
};

/** Jet airliners make under 1,000 km/h over ground; with a strong tailwind never 1,150 from gate to gate. */
const FASTEST = 1150;
/** Below this no airport sells a connection; below twice of it a delay breaks it. Minutes. */
const SHORTEST_CONNECTION = 45;
const SAFE_CONNECTION = 90;
/** Another airport of the same city: immigration, road, check-in. Minutes. */
const CHANGE_OF_AIRPORT = 300;
const LONG_STOP = 24 * 60;
/** From landing to the hall: border, baggage, road. Minutes. */
const TO_THE_HALL = 180;

const MINUTE = 60_000;

/** Gives a leg its instants, or says what stands in the way. */
export function timeLeg(leg: Leg, index = 0): { timed: TimedLeg } | { problems: LegProblem[] } {
  const [from, to] = [airportOf(leg.from), airportOf(leg.to)];
  const problems: LegProblem[] = [];
  const bad = (part: LegProblem['part'], code: LegProblemCode, value: string) =>
    problems.push({ leg: index, part, code, tone: 'stop', params: { value } });
  if (!from) bad('from', 'unknownAirport', leg.from);
  if (!to) bad('to', 'unknownAirport', leg.to);
  const departsAt = from && instantOf(leg.departs, from.zone);
  const arrivesAt = to && instantOf(leg.arrives, to.zone);
  if (from && !departsAt) bad('departs', 'noSuchTime', leg.departs);
  if (to && !arrivesAt) bad('arrives', 'noSuchTime', leg.arrives);
  if (!from || !to || !departsAt || !arrivesAt) return { problems };
  return { timed: { ...leg, departsAt, arrivesAt, departsZone: from.zone, arrivesZone: to.zone } };
}

/**
 * Checks a journey, the way out first, then the way back, each in the order of travel.
 *
 * @param duty when the traveller is first and last needed where the way out ends.
 */
export function checkLegs(
  legs: readonly Leg[],
  duty: { first?: Date | null; last?: Date | null } = {},
): LegProblem[] {
  const problems: LegProblem[] = [];
  const timed: (TimedLeg | null)[] = legs.map((leg, index) => {
    const made = timeLeg(leg, index);
    if ('timed' in made) return made.timed;
    problems.push(...made.problems);
    return null;
  });
  timed.forEach((leg, index) => {
    if (!leg) return;
    problems.push(...checkLeg(leg, index));
    const next = timed[index + 1];
    if (next) problems.push(...checkBetween(leg, next, index + 1));
  });
  return [...problems, ...checkDuty(timed, duty)].sort((a, b) => a.leg - b.leg);
}

function checkLeg(leg: TimedLeg, index: number): LegProblem[] {
  const [from, to] = [airportOf(leg.from) as Airport, airportOf(leg.to) as Airport];
  if (leg.from === leg.to) {
    return [{ leg: index, part: 'to', code: 'nowhere', tone: 'stop', params: { value: leg.to } }];
  }
  const minutes = (leg.arrivesAt.getTime() - leg.departsAt.getTime()) / MINUTE;
  if (minutes <= 0) {
    return [
      {
        leg: index,
        part: 'arrives',
        code: 'landsBeforeTakeOff',
        tone: 'stop',
        params: { departs: leg.departs, arrives: leg.arrives },
      },
    ];
  }
  const kilometres = Math.round(distanceBetween(from, to));
  const speed = Math.round(kilometres / (minutes / 60));
  if (speed <= FASTEST) return [];
  return [
    {
      leg: index,
      part: 'arrives',
      code: 'impossibleSpeed',
      tone: 'stop',
      params: { kilometres, speed, ...hoursAndMinutes(minutes) },
    },
  ];
}

/** What lies between two legs; `index` is the later one's. */
function checkBetween(leg: TimedLeg, next: TimedLeg, index: number): LegProblem[] {
  const minutes = (next.departsAt.getTime() - leg.arrivesAt.getTime()) / MINUTE;
  const problem = (
    part: LegProblem['part'],
    code: LegProblemCode,
    tone: LegProblem['tone'],
    params: LegProblem['params'] = {},
  ): LegProblem[] => [{ leg: index, part, code, tone, params }];
  if (minutes < 0)
    return problem('departs', 'overlap', 'stop', { arrives: leg.arrives, departs: next.departs });
  const sameWay = leg.direction === next.direction;
  if (leg.to !== next.from) {
    const sameCity = airportOf(leg.to)?.city.en === airportOf(next.from)?.city.en;
    const params = { to: leg.to, from: next.from };
    if (!sameCity) return problem('from', 'gap', 'stop', params);
    if (!sameWay) return [];
    return minutes < CHANGE_OF_AIRPORT
      ? problem('departs', 'impossibleConnection', 'stop', {
          airport: next.from,
          ...hoursAndMinutes(minutes),
        })
      : problem('from', 'changeOfAirport', 'risk', params);
  }
  // Between the way out and the way back lies the stay itself.
  if (!sameWay) return [];
  const params = { airport: leg.to, ...hoursAndMinutes(minutes) };
  if (minutes < SHORTEST_CONNECTION) return problem('departs', 'impossibleConnection', 'stop', params);
  if (minutes < SAFE_CONNECTION) return problem('departs', 'shortConnection', 'risk', params);
  return minutes > LONG_STOP ? problem('departs', 'longStop', 'risk', params) : [];
}

function checkDuty(
  legs: readonly (TimedLeg | null)[],
  duty: { first?: Date | null; last?: Date | null },
): LegProblem[] {
  const problems: LegProblem[] = [];
  const arrival = legs.findLastIndex((leg) => leg?.direction === 'out');
  const landing = legs[arrival];
  if (landing && duty.first) {
    const minutes = (duty.first.getTime() - landing.arrivesAt.getTime()) / MINUTE;
    const params = { arrives: landing.arrives };
    const at = { leg: arrival, part: 'arrives', params } as const;
    if (minutes < 0) problems.push({ ...at, code: 'landsAfterDuty', tone: 'stop' });
    else if (minutes < TO_THE_HALL) problems.push({ ...at, code: 'landsCloseToDuty', tone: 'risk' });
  }
  const departure = legs.findIndex((leg) => leg?.direction === 'back');
  const leaving = legs[departure];
  if (leaving && duty.last && leaving.departsAt < duty.last) {
    const params = { departs: leaving.departs };
    problems.push({ leg: departure, part: 'departs', code: 'leavesBeforeDutyEnds', tone: 'risk', params });
  }
  return problems;
}

function hoursAndMinutes(minutes: number): { hours: number; minutes: number } {
  return { hours: Math.floor(minutes / 60), minutes: Math.round(minutes % 60) };
}
