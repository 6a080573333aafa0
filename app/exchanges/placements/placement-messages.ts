import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { inLanguage } from '../localized.ts';

type Reference = { reference: string };

/** A step of a stay. It names the reference and the call, nobody and no reason: those stand in the portal. */
function placementMessage(event: string, page = ''): MessageDef<Reference> {
  return defineMessage<Reference>({
    code: `placements.${event}`,
    params: z.object({ reference: z.string() }),
    path: ({ reference }) => `/exchanges/${reference}${page}`,
    async compose(db, { params, locale, institutionId }) {
      const [row] = await db
        .select({ title: call.title })
        .from(application)
        .innerJoin(call, eq(call.id, application.callId))
        .where(eq(application.reference, params.reference));
      const title = row ? inLanguage(row.title, locale) : '';
      return wordsOf(db, `placements.${event}`, { ...params, call: title }, institutionId, locale);
    },
  });
}

export const placementOpenedMessage = placementMessage('opened', '/programme');

export const placementMessages = [placementOpenedMessage];
