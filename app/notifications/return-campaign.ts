import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import type { Db } from '#db/client.server.ts';
import { returned } from './messages.ts';
import { type CampaignStep, moveCampaign } from './move-campaign.ts';

/**
 * The other side's coordinator sends a campaign back to its writer with a reason.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` without a reason
 */
export function returnCampaign(db: Db, actor: PersonActor, input: CampaignStep, now = new Date()) {
  return moveCampaign(
    db,
    actor,
    input,
    {
      name: 'return',
      after: async (tx, record) => {
        await notify(tx, returned, {
          to: [record.createdBy],
          params: { reference: record.reference },
          cause: `campaign:${record.id}:${record.revision}`,
          institutionId: record.institutionId,
        });
      },
    },
    now,
  );
}
