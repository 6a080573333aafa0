import type { ApplicationState } from '#db/schema/exchanges.ts';
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

/**
 * How many piers are passed, and what the next one is. Until reviews have a page of their own the home
 * institution checks, reviews and nominates in one act, so the three piers are passed together.
 */
const REACHED: Record<ApplicationState, [passed: number, next: PierState]> = {
  draft: [0, 'now'],
  submitted: [1, 'now'],
  'not-nominated': [3, 'stop'],
  nominated: [4, 'now'],
  declined: [4, 'stop'],
  // What was agreed is agreed; the work programme is the next thing both write.
  accepted: [5, 'todo'],
  withdrawn: [1, 'stop'],
};

/**
 * Where an application stands on its bridge.
 *
 * @param nominated whether the home institution had nominated, which places a withdrawal.
 */
export function piersOf(
  state: ApplicationState,
  sides: { home: Side; host: Side },
  nominated: boolean,
): { key: PierKey; side: Side; state: PierState }[] {
  const [passed, next] = state === 'withdrawn' && nominated ? ([4, 'stop'] as const) : REACHED[state];
  return PIERS.map(([key, party], index) => ({
    key,
    side: sides[party],
    state: index < passed ? 'done' : index === passed ? next : 'todo',
  }));
}
