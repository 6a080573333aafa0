import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import type { Db } from '#db/client.server.ts';
import { approved } from './messages.ts';
import { type CampaignStep, dispatch, moveCampaign } from './move-campaign.ts';

/**
 * The other side's coordinator lets a campaign go to their people; it goes out at once. The revision is of the
 * text and audience that were on the screen.
 *
 * @throws Refusal `not-found`, `forbidden` (also for the writer's own side), `stale`, `invalid`
 */
export function approveCampaign(db: Db, actor: PersonActor, input: CampaignStep, now = new Date()) {
  return moveCampaign(
    db,
    actor,
    input,
    {
      name: 'approve',
      prepare: async (tx, record) => ({
        ...(await dispatch(tx, record, now)),
        approvedBy: actor.personId,
        approvedAt: now,
      }),
      after: async (tx, record) => {
        await notify(tx, approved, {
          to: [record.createdBy],
          params: { reference: record.reference },
          cause: `campaign:${record.id}:approved`,
          institutionId: record.institutionId,
        });
      },
    },
    now,
  );
}
