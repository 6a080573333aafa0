import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { type CampaignStep, moveCampaign } from './move-campaign.ts';

/**
 * Drops a campaign that has not gone out.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`
 */
export function cancelCampaign(db: Db, actor: PersonActor, input: CampaignStep, now = new Date()) {
  return moveCampaign(db, actor, input, { name: 'cancel' }, now);
}
