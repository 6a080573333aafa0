import { defineWorkflow } from '#app/platform/workflow.ts';
import type { PlacementState } from '#db/schema/placements.ts';

/** The steps of a placement, by the name under which they are audited. */
export type PlacementStep =
  | 'begin'
  | 'confirmArrival'
  | 'confirmDeparture'
  | 'close'
  | 'findNoShow'
  | 'cancel';

/**
 * The life of a stay, from the work programme to the closed file. What four have signed begins the preparation, what
 * both coordinators have signed closes the file: both are the system's pen. The host confirms who came and who left;
 * the home institution finds, on the host's report, that nobody came. Force majeure before the arrival cancels: that is
 * granted by the institution that did not ask for it (`other`).
 */
export const placementWorkflow = defineWorkflow<PlacementState, PlacementStep>({
  subject: 'placement',
  initial: 'programme',
  transitions: {
    begin: {
      from: ['programme'],
      to: 'preparing',
      party: 'system',
      right: 'placements.begin',
      reason: 'none',
    },
    confirmArrival: {
      from: ['preparing'],
      to: 'stay',
      party: 'host',
      right: 'placements.confirmArrival',
      reason: 'optional',
    },
    confirmDeparture: {
      from: ['stay'],
      to: 'returned',
      party: 'host',
      right: 'placements.confirmDeparture',
      reason: 'optional',
    },
    close: { from: ['returned'], to: 'closed', party: 'system', right: 'placements.close', reason: 'none' },
    findNoShow: {
      from: ['preparing'],
      to: 'no-show',
      party: 'home',
      right: 'placements.decideNoShow',
      reason: 'required',
    },
    cancel: {
      from: ['programme', 'preparing'],
      to: 'cancelled',
      party: 'other',
      right: 'placements.decideForceMajeure',
      reason: 'required',
    },
  },
});

/** While a programme can be written: before it is signed, and amended until the stay is over. */
export const PROGRAMME_OPEN: readonly PlacementState[] = ['programme', 'preparing', 'stay'];
