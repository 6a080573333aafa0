import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineMessage } from '#app/platform/messages.ts';
import { campaign } from '#db/schema/notifications.ts';

/** What people can unsubscribe from: messages that coordinators write to many. */
export const ANNOUNCEMENTS = 'announcements';

/** The campaign itself, in the recipient's language; the text is read when the message is composed. */
export const campaignMessage = defineMessage({
  code: 'notifications.campaign',
  params: z.object({ campaignId: z.uuid() }),
  topic: ANNOUNCEMENTS,
  async compose(db, { params, locale }) {
    const [row] = await db
      .select({ subject: campaign.subject, body: campaign.body })
      .from(campaign)
      .where(eq(campaign.id, params.campaignId));
    if (!row) throw new Error(`no campaign ${params.campaignId}`);
    return { subject: row.subject[locale], body: row.body[locale] };
  },
});

const reference = z.object({ reference: z.string() });
const path = (params: { reference: string }) => `/campaigns/${params.reference}`;

/** To the other side's coordinators: a campaign waits for their approval. */
export const approvalRequested = defineMessage({
  code: 'notifications.approvalRequested',
  params: reference,
  path: (params) => `${path(params)}/approval`,
});

/** To the writer: it was approved and has gone out. */
export const approved = defineMessage({ code: 'notifications.approved', params: reference, path });

/** To the writer: it came back, with a reason to read on the portal. */
export const returned = defineMessage({ code: 'notifications.returned', params: reference, path });
