import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { campaign } from '#db/schema/notifications.ts';
import { campaignRules } from './policy.ts';
import type { CampaignForm } from './schemas.ts';
import { lockCampaign } from './scope.ts';

/**
 * Changes text and audience of a draft. What waits for approval is changed only after it came back:
 * the other side approves what it read.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`
 */
export async function reviseCampaign(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; form: CampaignForm },
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockCampaign(tx, actor, input.reference);
    if (!permits(campaignRules['campaigns.send'], actor, record)) throw forbidden();
    if (record.revision !== input.revision) throw stale();
    if (record.state !== 'draft') throw stale('staleState');
    const { subject, body, ...audience } = input.form;
    await tx
      .update(campaign)
      .set({ subject, body, audience, revision: uuidv7() })
      .where(eq(campaign.id, record.id));
    await audit(tx, {
      code: 'campaign.revised',
      actor,
      subject: { type: 'campaign', id: record.id },
      institutionId: record.institutionId,
    });
  });
}
