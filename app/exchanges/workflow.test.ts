import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { possible, statesOf, step } from '#app/platform/workflow.ts';
import { APPLICATION_STATES } from '#db/schema/exchanges.ts';
import { PLACEMENT_STATES } from '#db/schema/placements.ts';
import { RIGHTS } from './move-application.ts';
import { piersOf } from './piers.ts';
import { exchangeRules } from './policy.ts';
import { type ApplicationStep, applicationWorkflow } from './workflow.ts';

// Written by hand, apart from the table: what the memorandum lets happen to an application, and nothing else.
const allowed = new Set([
  'draft submit submitted',
  'returned submit submitted',
  'submitted findEligible eligible',
  'submitted findIneligible ineligible',
  'submitted returnForCorrection returned',
  'eligible select selected',
  'eligible placeInReserve reserve',
  'eligible passOver not-selected',
  'reserve promote selected',
  'eligible nominate nominated',
  'selected nominate nominated',
  'eligible refuseNomination not-nominated',
  'selected refuseNomination not-nominated',
  'nominated ask queried',
  'queried reply nominated',
  'nominated accept accepted',
  'nominated decline declined',
  'submitted withdraw withdrawn',
  'returned withdraw withdrawn',
  'eligible withdraw withdrawn',
  'selected withdraw withdrawn',
  'reserve withdraw withdrawn',
  'nominated withdraw withdrawn',
  'queried withdraw withdrawn',
  'ineligible reopenCheck submitted',
  'not-selected reopenSelection reserve',
  'not-nominated reopenEligible eligible',
  'not-nominated reopenSelected selected',
  'declined reopenAnswer nominated',
]);
const names = Object.keys(applicationWorkflow.transitions) as ApplicationStep[];
const anyName = fc.oneof(fc.constantFrom(...names), fc.string());
const anyState = fc.constantFrom(...APPLICATION_STATES);

describe('application workflow', () => {
  it('takes no step outside the list, whatever is asked of whatever state', () => {
    fc.assert(
      fc.property(anyState, anyName, (state, name) => {
        const taken = step(applicationWorkflow, name as ApplicationStep, state);
        return taken === null || allowed.has(`${state} ${name} ${taken.to}`);
      }),
    );
  });

  it('takes every step of the list', () => {
    const steps = APPLICATION_STATES.flatMap((state) =>
      possible(applicationWorkflow, state).map(
        (name) => `${state} ${name} ${applicationWorkflow.transitions[name].to}`,
      ),
    );
    expect(new Set(steps)).toEqual(allowed);
  });

  it('leaves an end only through an appeal, and never one that was accepted or withdrawn, along any walk', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 30 }), (walk) => {
        let state = applicationWorkflow.initial;
        for (const name of walk) {
          const taken = step(applicationWorkflow, name, state);
          if (!taken) continue;
          if (['accepted', 'withdrawn'].includes(state)) return false;
          const ended = ['ineligible', 'not-selected', 'not-nominated', 'declined'].includes(state);
          if (ended && !name.startsWith('reopen')) return false;
          state = taken.to;
        }
        return true;
      }),
    );
  });

  it('knows the states of the database and no others', () => {
    expect(new Set(statesOf(applicationWorkflow))).toEqual(new Set(APPLICATION_STATES));
  });

  it('asks reasons of those who refuse', () => {
    const { refuseNomination, decline } = applicationWorkflow.transitions;
    expect([refuseNomination.reason, decline.reason]).toEqual(['required', 'required']);
  });

  it('names the same rights as the use cases ask for', () => {
    for (const [name, right] of Object.entries(RIGHTS)) {
      expect(applicationWorkflow.transitions[name as keyof typeof RIGHTS].right).toBe(right);
    }
  });
});

const parties = {
  applicantId: 'p',
  homeInstitutionId: 'home',
  hostInstitutionId: 'host',
  state: 'submitted',
};

/** Anybody: who they are, and which roles they hold where. */
const anyone = fc.record({
  personId: fc.constantFrom('p', 'q'),
  grants: fc.array(
    fc.record({
      role: fc.constantFrom(
        'coordinator',
        'student',
        'protocol',
        'institution-admin',
        'platform-admin',
        'reviewer',
      ),
      institutionId: fc.constantFrom('home', 'host', 'third'),
      effect: fc.constantFrom('allow', 'deny'),
    }),
    { maxLength: 5 },
  ),
});

describe('the pens of an application', () => {
  it('are held by one party each, whatever roles a person has', () => {
    fc.assert(
      fc.property(anyone, ({ personId, grants }) => {
        const actor = {
          kind: 'person',
          personId,
          accountId: 'a',
          institutionId: 'home',
          side: 'in',
          grants: grants.map((grant) => ({ ...grant, side: null })),
          locale: 'en',
          timeZone: 'UTC',
          confirmedAt: new Date(0),
        } as PersonActor;
        const coordinates = (at: string) =>
          grants.some((g) => g.role === 'coordinator' && g.institutionId === at && g.effect === 'allow') &&
          !grants.some((g) => g.role === 'coordinator' && g.institutionId === at && g.effect === 'deny');
        const own = personId === 'p';
        expect(permits(exchangeRules['exchanges.nominate'], actor, parties)).toBe(
          !own && coordinates('home'),
        );
        expect(permits(exchangeRules['exchanges.answer'], actor, parties)).toBe(!own && coordinates('host'));
        expect(permits(exchangeRules['exchanges.withdraw'], actor, parties)).toBe(own);
        expect(permits(exchangeRules['exchanges.submit'], actor, parties)).toBe(own);
        const draft = { ...parties, state: 'draft' };
        expect(permits(exchangeRules['exchanges.read'], actor, draft)).toBe(own);
      }),
    );
  });
});

describe('the bridge', () => {
  const sides = { home: 'in', host: 'ru' } as const;
  const nothing = { eligible: false, ranked: false, nominated: false, placement: null };
  const anyPast = fc.record({
    eligible: fc.boolean(),
    ranked: fc.boolean(),
    nominated: fc.boolean(),
    placement: fc.constantFrom(null, ...PLACEMENT_STATES),
  });

  it('has at most one pier under way or stopped, all before it done, all after it to come', () => {
    fc.assert(
      fc.property(anyState, anyPast, (state, past) => {
        const states = piersOf(state, sides, past).map((pier) => pier.state);
        const order = { done: 0, now: 1, stop: 1, todo: 2 };
        expect(states.map((one) => order[one])).toEqual(states.map((one) => order[one]).sort());
        expect(states.filter((one) => one === 'now' || one === 'stop').length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stands at the host once the home institution has nominated', () => {
    const now = piersOf('nominated', sides, nothing).find((pier) => pier.state === 'now');
    expect(now).toMatchObject({ key: 'answered', side: 'ru' });
  });
});
