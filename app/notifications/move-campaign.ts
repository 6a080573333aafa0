import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { invalid, stale } from '#app/platform/outcome.ts';
import { transition } from '#app/platform/transition.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { campaign } from '#db/schema/notifications.ts';
import { audienceIds } from './audience.ts';
import { campaignMessage } from './messages.ts';
import { campaignRules } from './policy.ts';
import { type Campaign, lockCampaign } from './scope.ts';
import { campaignWorkflow } from './workflow.ts';

export type CampaignStep = { reference: string; revision: string; reason?: string | undefined };
type Columns = Partial<typeof campaign.$inferInsert>;

/**
 * One step of a campaign in one transaction: record through the actor's scope, policy, workflow, state with
 * its audit row, and whatever the step does besides.
 *
 * @param step.prepare what the step writes, after the right and the revision are known to hold.
 * @param step.after what follows in the same transaction, e.g. a message.
 */
export async function moveCampaign(
  db: Db,
  actor: PersonActor,
  input: CampaignStep,
  step: {
    name: keyof typeof campaignWorkflow.transitions;
    prepare?: (tx: Tx, record: Campaign) => Promise<Columns>;
    after?: (tx: Tx, record: Campaign) => Promise<void>;
  },
  now: Date,
): Promise<Campaign> {
  return db.transaction(async (tx) => {
    const record = await lockCampaign(tx, actor, input.reference);
    const { right } = campaignWorkflow.transitions[step.name];
    const permitted = permits(campaignRules[right as keyof typeof campaignRules], actor, record);
    const current = record.revision === input.revision;
    const moved = await transition(tx, {
      workflow: campaignWorkflow,
      table: campaign,
      record,
      name: step.name,
      actor,
      permitted,
      revision: input.revision,
      reason: input.reason,
      institutionId: record.institutionId,
      set: permitted && current ? await prepared(tx, record, step) : {},
      now,
    });
    await step.after?.(tx, moved);
    return moved;
  });
}

function prepared(
  tx: Tx,
  record: Campaign,
  step: {
    name: keyof typeof campaignWorkflow.transitions;
    prepare?: (tx: Tx, record: Campaign) => Promise<Columns>;
  },
): Promise<Columns> | Columns {
  // A step out of another state is refused by the table; it must not send anything on the way there.
  if (!campaignWorkflow.transitions[step.name].from.includes(record.state)) throw stale('staleState');
  return step.prepare?.(tx, record) ?? {};
}

/** Both languages have to be there before anybody outside reads it (DESIGN §1.4). @throws Refusal `invalid` */
export function requireBothTexts({ subject, body }: Campaign): void {
  const missing = {
    'subject.en': subject.en,
    'subject.ru': subject.ru,
    'body.en': body.en,
    'body.ru': body.ru,
  };
  const fields = Object.fromEntries(
    Object.entries(missing).flatMap(([field, text]) =>
      text ? [] : [[field, ['notifications.textMissing']]],
    ),
  );
  if (Object.keys(fields).length > 0) throw invalid('notifications.textMissing', { fields });
}

/** Queues a campaign for everyone it is for, as of now: part of the step that sends it. */
export async function dispatch(tx: Tx, record: Campaign, now: Date): Promise<Columns> {
  const to = await audienceIds(tx, record.audience);
  if (to.length === 0) throw invalid('notifications.nobody');
  const { messageId } = await notify(tx, campaignMessage, {
    to,
    params: { campaignId: record.id },
    cause: `campaign:${record.id}`,
    institutionId: record.institutionId,
  });
  return { messageId, recipients: to.length, sentAt: now };
}
