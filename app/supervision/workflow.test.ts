import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { system } from '#app/platform/actor.ts';
import { possible, step } from '#app/platform/workflow.ts';
import { REPORT_STATES, type ReportState } from '#db/schema/supervision.ts';
import { may, type SupervisionRight, supervisionRules } from './policy.ts';
import { type ReportStep, reportWorkflow } from './workflow.ts';

// Written by hand from the glossary's order of things; the table is held against it.
const road: Record<ReportState, Partial<Record<ReportStep, ReportState>>> = {
  draft: { submit: 'submitted' },
  submitted: { return: 'draft', 'open-opinions': 'opinions-in' },
  'opinions-in': { propose: 'decision-proposed' },
  'decision-proposed': { revise: 'decision-proposed', decide: 'decided' },
  decided: {},
};

const states = fc.constantFrom(...REPORT_STATES);
const names = fc.oneof(
  fc.constantFrom(...(Object.keys(reportWorkflow.transitions) as ReportStep[])),
  fc.string().map((name) => name as ReportStep),
);

describe('the report’s workflow', () => {
  test('has no transition outside the road, whatever is asked', () => {
    fc.assert(
      fc.property(states, names, (state, name) => {
        const expected = Object.hasOwn(road[state], name) ? road[state][name] : undefined;
        expect(step(reportWorkflow, name, state)?.to).toBe(expected);
      }),
    );
  });

  test('never reaches a decision without opened opinions and a written decision', () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 40 }), (walk) => {
        let state: ReportState = reportWorkflow.initial;
        const taken: ReportStep[] = [];
        for (const name of walk) {
          const next = step(reportWorkflow, name, state);
          if (!next) continue;
          state = next.to;
          taken.push(name);
        }
        if (state !== 'decided') return;
        const order = ['submit', 'open-opinions', 'propose', 'decide'].map((name) =>
          taken.lastIndexOf(name as ReportStep),
        );
        expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(order.every((at) => at >= 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('ends only where the report is decided', () => {
    expect(REPORT_STATES.filter((state) => possible(reportWorkflow, state).length === 0)).toEqual([
      'decided',
    ]);
  });

  test('names only rights that the policy knows', () => {
    for (const { right } of Object.values(reportWorkflow.transitions)) {
      expect(Object.keys(supervisionRules)).toContain(right);
    }
  });

  test('leaves to the system exactly what both must do', () => {
    const steps = Object.entries(reportWorkflow.transitions);
    const ofSystem = steps.filter(([, { party }]) => party === 'system').map(([name]) => name);
    expect(ofSystem).toEqual(['open-opinions', 'decide']);
    for (const [, { party, right }] of steps) {
      const allowed = may(right as SupervisionRight, system('test'), { members: [] });
      expect(allowed).toBe(party === 'system');
    }
  });
});
