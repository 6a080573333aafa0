import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { inLanguage } from './localized.ts';

type Reference = { reference: string };
type Event = 'submitted' | 'nominated' | 'notNominated' | 'accepted' | 'declined' | 'withdrawn';

/** A step of an application. It names the reference and the call, nobody and no reason: those stand in the portal. */
function stepMessage(event: Event): MessageDef<Reference> {
  return defineMessage<Reference>({
    code: `exchanges.${event}`,
    params: z.object({ reference: z.string() }),
    path: ({ reference }) => `/exchanges/${reference}`,
    async compose(db, { params, locale, institutionId }) {
      const [row] = await db
        .select({ title: call.title })
        .from(application)
        .innerJoin(call, eq(call.id, application.callId))
        .where(eq(application.reference, params.reference));
      const title = row ? inLanguage(row.title, locale) : '';
      return wordsOf(db, `exchanges.${event}`, { ...params, call: title }, institutionId, locale);
    },
  });
}

export const submittedMessage = stepMessage('submitted');
export const nominatedMessage = stepMessage('nominated');
export const notNominatedMessage = stepMessage('notNominated');
export const acceptedMessage = stepMessage('accepted');
export const declinedMessage = stepMessage('declined');
export const withdrawnMessage = stepMessage('withdrawn');

export const messages = [
  submittedMessage,
  nominatedMessage,
  notNominatedMessage,
  acceptedMessage,
  declinedMessage,
  withdrawnMessage,
];
