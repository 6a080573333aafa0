import type { PlacementRequestKind, PlacementState } from '#db/schema/placements.ts';
import type { placementRules } from './policy.ts';

/** Who may ask for something during a stay. */
export type Asker = 'participant' | 'home' | 'host';

type Kind = {
  askers: readonly Asker[];
  from: readonly PlacementState[];
  /** Whose pen decides; `other` is the institution that did not ask, home where the participant asked. */
  decides: 'home' | 'host' | 'other';
  right: keyof typeof placementRules;
  /** What the date asked for has to be, against the present last day. */
  date: 'later' | 'earlier' | 'optional' | 'none';
};

/** The requests of a stay: who asks, in which states, who decides. The table is the truth. */
export const REQUESTS: Record<PlacementRequestKind, Kind> = {
  extension: {
    askers: ['participant', 'home'],
    from: ['stay'],
    decides: 'host',
    right: 'placements.decideDates',
    date: 'later',
  },
  'early-return': {
    askers: ['participant', 'host'],
    from: ['stay'],
    decides: 'home',
    right: 'placements.decideDates',
    date: 'earlier',
  },
  'no-show': {
    askers: ['host'],
    from: ['preparing'],
    decides: 'home',
    right: 'placements.decideNoShow',
    date: 'none',
  },
  'force-majeure': {
    askers: ['participant', 'home', 'host'],
    from: ['programme', 'preparing', 'stay'],
    decides: 'other',
    right: 'placements.decideForceMajeure',
    date: 'optional',
  },
};

/** The right by which each party asks. */
export const ASKING = {
  participant: 'placements.askAsParticipant',
  home: 'placements.askAsHome',
  host: 'placements.askAsHost',
} as const satisfies Record<Asker, keyof typeof placementRules>;

/** The party that decides what this one asked for. */
export function decidingParty(kind: PlacementRequestKind, asker: Asker): 'home' | 'host' {
  const { decides } = REQUESTS[kind];
  if (decides !== 'other') return decides;
  return asker === 'home' ? 'host' : 'home';
}
