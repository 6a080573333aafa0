import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { call } from '#db/schema/exchanges.ts';
import { inLanguage } from '../localized.ts';

type About = { call: string };

/** A message about the reviews of a call. It names the call, and no applicant: the call may be blind. */
function callMessage(event: string, path: (params: About) => string): MessageDef<About> {
  const code = `reviews.${event}`;
  return defineMessage<About>({
    code,
    params: z.object({ call: z.string() }),
    path,
    async compose(db, { params, locale, institutionId }) {
      const [row] = await db.select({ title: call.title }).from(call).where(eq(call.reference, params.call));
      const title = row ? inLanguage(row.title, locale) : '';
      return wordsOf(db, code, { reference: params.call, call: title }, institutionId, locale);
    },
  });
}

const queue = () => '/reviews';
const board = ({ call: reference }: About) => `/calls/${reference}/reviews`;
const ranking = ({ call: reference }: About) => `/calls/${reference}/ranking`;

/** What reviewers are told. */
export const assignedMessage = callMessage('assigned', queue);
export const releasedMessage = callMessage('released', queue);
export const reopenedMessage = callMessage('reopened', queue);
export const reminderMessage = callMessage('reminder', queue);
/** What the committee is told. */
export const recusedMessage = callMessage('recused', board);
export const completeMessage = callMessage('complete', ranking);
export const toSignMessage = callMessage('toSign', ranking);
/** What both are told. */
export const decidedMessage = callMessage('decided', ({ call: reference }) => `/calls/${reference}`);

/** What the portal itself reminds reviewers of; several reviews of several calls in one message. */
const timed = (event: 'dueSoon' | 'overdue') =>
  defineMessage<Record<string, never>>({ code: `reviews.${event}`, params: z.object({}), path: queue });
export const dueSoonMessage = timed('dueSoon');
export const overdueMessage = timed('overdue');

export const reviewMessages: readonly MessageDef[] = [
  assignedMessage,
  releasedMessage,
  reopenedMessage,
  reminderMessage,
  recusedMessage,
  completeMessage,
  toSignMessage,
  decidedMessage,
  dueSoonMessage,
  overdueMessage,
] as readonly MessageDef[];
