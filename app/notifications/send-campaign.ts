import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { type CampaignStep, dispatch, moveCampaign, requireBothTexts } from './move-campaign.ts';
import { otherSides } from './policy.ts';

/**
 * Sends a campaign to the writer's own side. Sent twice it goes out once: the second is `stale`.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, or `invalid` where a text is missing, nobody is in the
 * audience, or it goes to the other side as well
 */
export function sendCampaign(db: Db, actor: PersonActor, input: CampaignStep, now = new Date()) {
  return moveCampaign(
    db,
    actor,
    input,
    {
      name: 'send',
      async prepare(tx, record) {
        requireBothTexts(record);
        if (otherSides(record).length > 0) throw invalid('notifications.needsApproval');
        return dispatch(tx, record, now);
      },
    },
    now,
  );
}
