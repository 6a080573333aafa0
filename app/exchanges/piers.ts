import type { ApplicationState } from '#db/schema/exchanges.ts';
import type { PlacementState } from '#db/schema/placements.ts';
import type { Side } from '#db/schema/shared.ts';

/** The piers of an exchange (GLOSSARY), in order, with the party whose step each is. */
const PIERS = [
  ['submitted', 'home'],
  ['eligible', 'home'],
  ['reviewed', 'home'],
  ['nominated', 'home'],
  ['answered', 'host'],
  ['programme', 'host'],
  ['ready', 'home'],
  ['stay', 'host'],
  ['closed', 'home'],
] as const;
export type PierKey = (typeof PIERS)[number][0];
type PierState = 'done' | 'now' | 'todo' | 'stop';

/** How many piers are passed, and what the next one is. */
type Reached = [passed: number, next: PierState];

const APPLICATION: Record<Exclude<ApplicationState, 'accepted' | 'withdrawn'>, Reached> = {
  draft: [0, 'now'],
  submitted: [1, 'now'],
  returned: [1, 'now'],
  ineligible: [1, 'stop'],
  eligible: [2, 'now'],
  'not-selected': [2, 'stop'],
  selected: [3, 'now'],
  reserve: [3, 'now'],
  'not-nominated': [3, 'stop'],
  nominated: [4, 'now'],
  queried: [4, 'now'],
  declined: [4, 'stop'],
};

const PLACEMENT: Record<PlacementState, Reached> = {
  programme: [5, 'now'],
  preparing: [6, 'now'],
  stay: [7, 'now'],
  'no-show': [7, 'stop'],
  returned: [8, 'now'],
  closed: [9, 'todo'],
  cancelled: [5, 'stop'],
};

/** What places an end on the bridge, and what follows the host's acceptance. */
export type Past = {
  eligible: boolean;
  ranked: boolean;
  nominated: boolean;
  placement: PlacementState | null;
};

function reached(state: ApplicationState, past: Past): Reached {
  if (state === 'accepted') return PLACEMENT[past.placement ?? 'programme'];
  if (state !== 'withdrawn') return APPLICATION[state];
  if (past.nominated) return [4, 'stop'];
  if (past.ranked) return [3, 'stop'];
  return [past.eligible ? 2 : 1, 'stop'];
}

/** Where an application and its placement stand on their bridge. */
export function piersOf(
  state: ApplicationState,
  sides: { home: Side; host: Side },
  past: Past,
): { key: PierKey; side: Side; state: PierState }[] {
  const [passed, next] = reached(state, past);
  return PIERS.map(([key, party], index) => ({
    key,
    side: sides[party],
    state: index < passed ? 'done' : index === passed ? next : 'todo',
  }));
}
