import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { possible, statesOf, step } from '#app/platform/workflow.ts';
import { PLACEMENT_REQUESTS, PLACEMENT_STATES } from '#db/schema/placements.ts';
import { CAPACITIES, type Capacity } from './capacities.ts';
import { PLACEMENT_RIGHTS } from './move-placement.ts';
import { placementRules } from './policy.ts';
import { ASKING, decidingParty, REQUESTS } from './requests.ts';
import { type TurnFacts, turnOf } from './stay-turn.ts';
import { type PlacementStep, placementWorkflow } from './workflow.ts';

const steps = Object.keys(placementWorkflow.transitions) as PlacementStep[];

describe('the life of a stay', () => {
  test('the table knows every state of the schema and no other', () => {
    expect(new Set(statesOf(placementWorkflow))).toEqual(new Set(PLACEMENT_STATES));
  });

  test('every step asks for a right of the table of rights, the one it is moved by', () => {
    for (const name of steps) {
      const { right } = placementWorkflow.transitions[name];
      expect(Object.keys(placementRules)).toContain(right);
      expect(PLACEMENT_RIGHTS[name]).toBe(right);
    }
  });

  test('however it goes, a stay ends closed, cancelled or without the participant, and never goes back', () => {
    const order = ['programme', 'preparing', 'stay', 'returned', 'closed'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 30 }), (tried) => {
        let state = placementWorkflow.initial;
        for (const name of tried) {
          const declared = step(placementWorkflow, name, state);
          if (!declared) continue;
          const [from, to] = [order.indexOf(state), order.indexOf(declared.to)];
          if (to !== -1) expect(to).toBe(from + 1);
          state = declared.to;
        }
        if (['closed', 'no-show', 'cancelled'].includes(state)) {
          expect(possible(placementWorkflow, state)).toEqual([]);
        } else expect(possible(placementWorkflow, state).length).toBeGreaterThan(0);
      }),
    );
  });

  test('signatures and closing are moved by the system alone', () => {
    const bySystem = steps.filter((name) => placementWorkflow.transitions[name].party === 'system');
    expect(bySystem).toEqual(['begin', 'close']);
  });
});

describe('requests', () => {
  test.each(PLACEMENT_REQUESTS)('%s: nobody decides what their own party asked for', (kind) => {
    for (const asker of REQUESTS[kind].askers) {
      expect(decidingParty(kind, asker)).not.toBe(asker);
      expect(Object.keys(placementRules)).toContain(ASKING[asker]);
    }
    expect(Object.keys(placementRules)).toContain(REQUESTS[kind].right);
  });

  test('extension is the host’s, early return and no-show the home’s, force majeure the other’s', () => {
    expect(decidingParty('extension', 'participant')).toBe('host');
    expect(decidingParty('early-return', 'host')).toBe('home');
    expect(decidingParty('no-show', 'host')).toBe('home');
    expect(decidingParty('force-majeure', 'home')).toBe('host');
    expect(decidingParty('force-majeure', 'host')).toBe('home');
    expect(decidingParty('force-majeure', 'participant')).toBe('home');
  });
});

describe('whose turn it is', () => {
  const capacities = fc.subarray([...CAPACITIES]);
  const coordinators = fc.subarray(['home-coordinator', 'host-coordinator'] as Capacity[]);
  const facts: fc.Arbitrary<TurnFacts> = fc.record({
    state: fc.constantFrom(...PLACEMENT_STATES),
    startsOn: fc.constant('2027-01-10'),
    endsOn: fc.constant('2027-03-10'),
    today: fc.constantFrom('2027-01-09', '2027-01-10', '2027-03-09', '2027-03-10'),
    programmeSigned: fc.option(capacities.filter((signed) => signed.length < 4)),
    deciding: fc.option(fc.constantFrom<Capacity>('home-coordinator', 'host-coordinator')),
    gaps: fc.subarray(['report', 'evaluation', 'costs', 'name'] as const),
    costsMissing: coordinators.filter((missing) => missing.length > 0),
    closingSigned: fc.option(coordinators.filter((signed) => signed.length < 2)),
  });

  test('while a stay is open somebody is awaited; at its end nobody', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const turn = turnOf(given);
        const over = ['closed', 'no-show', 'cancelled'].includes(given.state) && given.deciding === null;
        expect(turn.by.length === 0).toBe(over);
        expect(turn.act === 'none').toBe(over);
      }),
    );
  });

  test('whoever has signed is not asked to sign again', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const turn = turnOf(given);
        if (turn.act === 'sign') {
          for (const one of given.programmeSigned ?? []) expect(turn.by).not.toContain(one);
        }
        if (turn.act === 'signClosing') {
          for (const one of given.closingSigned ?? []) expect(turn.by).not.toContain(one);
        }
      }),
    );
  });
});
