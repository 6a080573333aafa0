import type { PlacementState } from '#db/schema/placements.ts';
import { CAPACITIES, type Capacity, COORDINATORS } from './capacities.ts';
import type { ClosingGap } from './closing-content.ts';

/** What is awaited in a stay; the words of each stand under `placements:turn`. */
type StayAct =
  | 'write'
  | 'sign'
  | 'prepare'
  | 'confirmArrival'
  | 'work'
  | 'confirmDeparture'
  | 'decide'
  | 'report'
  | 'evaluate'
  | 'costs'
  | 'confirmName'
  | 'layClosing'
  | 'signClosing'
  | 'none';

/** What decides whose turn it is. */
export type TurnFacts = {
  state: PlacementState;
  startsOn: string;
  endsOn: string;
  /** The day on the host's calendar. */
  today: string;
  /** Who has signed the programme that awaits signatures; null where none is laid. */
  programmeSigned: readonly Capacity[] | null;
  /** Whose pen decides the request that is open; null where none is. */
  deciding: Capacity | null;
  /** What the closing still needs, and whose costs. */
  gaps: readonly ClosingGap[];
  costsMissing: readonly Capacity[];
  /** Who has signed the closing that awaits signatures; null where none is laid. */
  closingSigned: readonly Capacity[] | null;
};

type StayTurn = { act: StayAct; by: readonly Capacity[] };

/**
 * Whose turn it is in a stay: the most pressing act, and the capacities it is awaited from. A request that is open comes
 * before everything, because nothing is confirmed over it.
 */
export function turnOf(facts: TurnFacts): StayTurn {
  const { state, today } = facts;
  if (facts.deciding) return { act: 'decide', by: [facts.deciding] };
  const unsigned = (all: readonly Capacity[], signed: readonly Capacity[]) =>
    all.filter((one) => !signed.includes(one));
  switch (state) {
    case 'programme':
      return facts.programmeSigned
        ? { act: 'sign', by: unsigned(CAPACITIES, facts.programmeSigned) }
        : { act: 'write', by: ['participant', 'host-supervisor'] };
    case 'preparing':
      if (facts.programmeSigned) return { act: 'sign', by: unsigned(CAPACITIES, facts.programmeSigned) };
      return today < facts.startsOn
        ? { act: 'prepare', by: ['participant', ...COORDINATORS] }
        : { act: 'confirmArrival', by: ['host-coordinator'] };
    case 'stay':
      if (facts.programmeSigned) return { act: 'sign', by: unsigned(CAPACITIES, facts.programmeSigned) };
      return today < facts.endsOn
        ? { act: 'work', by: ['participant'] }
        : { act: 'confirmDeparture', by: ['host-coordinator'] };
    case 'returned':
      return closingTurn(facts, unsigned);
    case 'closed':
    case 'no-show':
    case 'cancelled':
      return { act: 'none', by: [] };
  }
}

function closingTurn(
  facts: TurnFacts,
  unsigned: (all: readonly Capacity[], signed: readonly Capacity[]) => Capacity[],
): StayTurn {
  if (facts.closingSigned) return { act: 'signClosing', by: unsigned(COORDINATORS, facts.closingSigned) };
  switch (facts.gaps[0]) {
    case 'report':
      return { act: 'report', by: ['participant'] };
    case 'evaluation':
      return { act: 'evaluate', by: ['host-supervisor'] };
    case 'costs':
      return { act: 'costs', by: facts.costsMissing };
    case 'name':
      return { act: 'confirmName', by: ['home-coordinator'] };
    default:
      return { act: 'layClosing', by: COORDINATORS };
  }
}

/** The page on which an act is done, under the page of the exchange. */
export const PAGE_OF: Record<StayAct, string> = {
  write: '/programme/edit',
  sign: '/programme/signature',
  prepare: '/readiness',
  confirmArrival: '/arrival',
  work: '/stay',
  confirmDeparture: '/departure',
  decide: '/requests',
  report: '/report',
  evaluate: '/evaluation',
  costs: '/closing',
  confirmName: '/closing',
  layClosing: '/closing',
  signClosing: '/closing',
  none: '',
};
