import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permits } from '#app/people/access.ts';
import { system } from '#app/platform/actor.ts';
import { possible, step } from '#app/platform/workflow.ts';
import { CAMPAIGN_STATES, type CampaignState } from '#db/schema/notifications.ts';
import { type CampaignParties, campaignRules } from './policy.ts';
import { campaignWorkflow } from './workflow.ts';

type Step = keyof typeof campaignWorkflow.transitions;

// Written by hand from the journey; the table is held against it.
const road: Record<CampaignState, Partial<Record<Step, CampaignState>>> = {
  draft: { send: 'sent', requestApproval: 'awaiting-approval', cancel: 'cancelled' },
  'awaiting-approval': { approve: 'sent', return: 'draft', cancel: 'cancelled' },
  sent: {},
  cancelled: {},
};

const states = fc.constantFrom(...CAMPAIGN_STATES);
const names = fc.oneof(
  fc.constantFrom(...(Object.keys(campaignWorkflow.transitions) as Step[])),
  fc.string().map((name) => name as Step),
);

describe('the workflow of a campaign', () => {
  test('has no transition outside the road, whatever is asked', () => {
    fc.assert(
      fc.property(states, names, (state, name) => {
        const expected = Object.hasOwn(road[state], name) ? road[state][name] : undefined;
        expect(step(campaignWorkflow, name, state)?.to).toBe(expected);
      }),
    );
  });

  test('leaves neither what was sent nor what was cancelled', () => {
    const ends = CAMPAIGN_STATES.filter((state) => possible(campaignWorkflow, state).length === 0);
    expect(ends).toEqual(['sent', 'cancelled']);
  });

  test('asks for rights that the policy knows, and gives none of them to the portal itself', () => {
    const record: CampaignParties = {
      institutionId: 'a',
      side: 'in',
      createdBy: 'b',
      audience: { roles: [], sides: ['in', 'ru'], locales: ['en'] },
    };
    for (const { right } of Object.values(campaignWorkflow.transitions)) {
      expect(Object.keys(campaignRules)).toContain(right);
      expect(permits(campaignRules[right as keyof typeof campaignRules], system('test'), record)).toBe(false);
    }
  });
});
