import { v7 as uuidv7 } from 'uuid';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { nextReference } from '#app/platform/references.server.ts';
import type { Db } from '#db/client.server.ts';
import { campaign } from '#db/schema/notifications.ts';
import type { CampaignForm } from './schemas.ts';
import type { Campaign } from './scope.ts';

/**
 * Starts a campaign in the name of the institution the actor coordinates.
 *
 * @throws Refusal `forbidden` for whoever coordinates no institution of a side
 */
export async function draftCampaign(
  db: Db,
  actor: PersonActor,
  form: CampaignForm,
  now = new Date(),
): Promise<Campaign> {
  const coordinated = institutionsOf(actor, 'coordinator');
  // Whoever coordinates for two institutions writes in the name of their own.
  const institutionId = coordinated.find((id) => id === actor.institutionId) ?? coordinated[0];
  const side = actor.grants.find((grant) => grant.institutionId === institutionId)?.side;
  if (!institutionId || !side) throw forbidden();
  const { subject, body, ...audience } = form;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(campaign)
      .values({
        id: uuidv7(),
        reference: await nextReference(tx, 'CM', now.getUTCFullYear()),
        institutionId,
        side,
        createdBy: actor.personId,
        subject,
        body,
        audience,
      })
      .returning();
    if (!row) throw new Error('the campaign was not inserted');
    await audit(tx, {
      code: 'campaign.drafted',
      actor,
      subject: { type: 'campaign', id: row.id },
      institutionId,
    });
    return row;
  });
}
