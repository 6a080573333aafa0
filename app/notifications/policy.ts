import { holds, holdsAt, isPerson, type Predicate, type Rules, sidesOf } from '#app/people/access.ts';
import type { Audience } from '#db/schema/notifications.ts';
import type { Side } from '#db/schema/shared.ts';

export type CampaignParties = {
  institutionId: string;
  side: Side;
  createdBy: string;
  audience: Audience;
};

/** The sides other than the writer's that a campaign goes to. */
export const otherSides = (campaign: Pick<CampaignParties, 'side' | 'audience'>): Side[] =>
  campaign.audience.sides.filter((side) => side !== campaign.side);

/** Coordinates for a side that the campaign goes to and that did not write it. */
const coordinatesOtherSide: Predicate<CampaignParties> = (actor, campaign) =>
  sidesOf(actor, 'coordinator').some((side) => otherSides(campaign).includes(side));

const coordinatesOwner = holdsAt('coordinator', (campaign: CampaignParties) => campaign.institutionId);

export const campaignRules = {
  'campaigns.list': { allow: [holds('coordinator')] },
  'campaigns.send': { allow: [coordinatesOwner] },
  'campaigns.approve': {
    allow: [coordinatesOtherSide],
    deny: [isPerson((campaign: CampaignParties) => campaign.createdBy)],
  },
} satisfies Rules;
