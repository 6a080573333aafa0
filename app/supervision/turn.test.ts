import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REPORT_STATES, type ReportState, THESIS_ROLES, type ThesisRole } from '#db/schema/supervision.ts';
import { SUPERVISOR_ROLES, type SupervisorRole } from './supervisors.ts';
import { awaited, turnOf } from './turn.ts';

const both: SupervisorRole[] = ['supervisor', 'co-supervisor'];
const none: SupervisorRole[] = [];
const report = (state: ReportState, given = none, signed = none, returned = false) => ({
  state,
  given,
  signed,
  returned,
});

describe('whose turn a report is', () => {
  test.each([
    ['a draft', report('draft'), ['candidate']],
    ['a submitted report', report('submitted'), both],
    ['one with one opinion', report('submitted', ['supervisor']), ['co-supervisor']],
    ['one with both opinions', report('opinions-in', both), both],
    ['a proposed decision', report('decision-proposed', both), both],
    ['one signed by one', report('decision-proposed', both, ['co-supervisor']), ['supervisor']],
    ['a decided report', report('decided', both, both), []],
  ] as const)('%s', (_what, progress, roles) => {
    expect(awaited(progress)).toEqual(roles);
  });

  test.each([
    [
      'the candidate of a returned draft',
      report('draft', none, none, true),
      'candidate',
      'returned.yours',
      'edit',
    ],
    ['a supervisor of a draft', report('draft'), 'supervisor', 'draft.other', null],
    ['a supervisor before', report('submitted'), 'supervisor', 'submitted.yours', 'opinion'],
    ['a supervisor after', report('submitted', ['supervisor']), 'supervisor', 'submitted.given', null],
    [
      'the candidate between',
      report('submitted', ['supervisor']),
      'candidate',
      'submitted.co-supervisor',
      null,
    ],
    ['a coordinator', report('submitted'), null, 'submitted.both', null],
    [
      'a supervisor with both in',
      report('opinions-in', both),
      'co-supervisor',
      'opinions-in.yours',
      'decide',
    ],
    [
      'the one who signed',
      report('decision-proposed', both, ['supervisor']),
      'supervisor',
      'decision-proposed.co-supervisor',
      null,
    ],
    [
      'the one who has not',
      report('decision-proposed', both, ['supervisor']),
      'co-supervisor',
      'decision-proposed.yours',
      'sign',
    ],
    ['anybody at the end', report('decided', both, both), 'candidate', 'decided.all', null],
  ] as const)('as it looks to %s', (_who, progress, role, words, act) => {
    expect(turnOf(progress, role)).toMatchObject({ words, act });
  });

  test('nobody is offered an act who is not awaited', () => {
    const some = fc.uniqueArray(fc.constantFrom(...SUPERVISOR_ROLES));
    const roles = fc.constantFrom<ThesisRole | null>(...THESIS_ROLES, null);
    fc.assert(
      fc.property(
        fc.constantFrom(...REPORT_STATES),
        some,
        some,
        fc.boolean(),
        roles,
        (state, given, signed, returned, role) => {
          const view = turnOf(report(state, given, signed, returned), role);
          expect(view.act !== null).toBe(role !== null && view.awaited.includes(role));
        },
      ),
    );
  });
});
