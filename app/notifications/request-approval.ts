import { and, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { institution, roleGrant } from '#db/schema/people.ts';
import type { Side } from '#db/schema/shared.ts';
import { countAudience } from './audience.ts';
import { approvalRequested } from './messages.ts';
import { type CampaignStep, moveCampaign, requireBothTexts } from './move-campaign.ts';
import { otherSides } from './policy.ts';

/**
 * Asks the other side's coordinators to approve a campaign that goes to their people. From then on its text
 * and audience stand still.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`
 */
export function requestApproval(db: Db, actor: PersonActor, input: CampaignStep, now = new Date()) {
  return moveCampaign(
    db,
    actor,
    input,
    {
      name: 'requestApproval',
      async prepare(tx, record) {
        requireBothTexts(record);
        if (otherSides(record).length === 0) throw invalid('notifications.noApprovalNeeded');
        if ((await countAudience(tx, record.audience)).total === 0) throw invalid('notifications.nobody');
        return {};
      },
      async after(tx, record) {
        await notify(tx, approvalRequested, {
          to: await coordinatorsOfSides(tx, otherSides(record)),
          params: { reference: record.reference },
          cause: `campaign:${record.id}:${record.revision}`,
          institutionId: record.institutionId,
        });
      },
    },
    now,
  );
}

/** Those who hold the role today, each by the calendar of their institution; a denied grant is none. */
async function coordinatorsOfSides(tx: Tx, sides: Side[]): Promise<string[]> {
  const denied = alias(roleGrant, 'denied');
  const standing = (grant: typeof roleGrant | typeof denied) =>
    and(
      isNull(grant.revokedAt),
      sql`(now() at time zone ${institution.timeZone})::date
        between ${grant.validFrom} and coalesce(${grant.validUntil}, 'infinity'::date)`,
    );
  const rows = await tx
    .selectDistinct({ personId: roleGrant.personId })
    .from(roleGrant)
    .innerJoin(institution, eq(institution.id, roleGrant.institutionId))
    .where(
      and(
        eq(roleGrant.role, 'coordinator'),
        eq(roleGrant.effect, 'allow'),
        inArray(roleGrant.side, sides),
        standing(roleGrant),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(denied)
            .where(
              and(
                eq(denied.effect, 'deny'),
                eq(denied.personId, roleGrant.personId),
                eq(denied.institutionId, roleGrant.institutionId),
                eq(denied.role, roleGrant.role),
                standing(denied),
              ),
            ),
        ),
      ),
    );
  return rows.map((row) => row.personId);
}
