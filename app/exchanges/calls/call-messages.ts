import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { formatDeadline } from '#app/ui/format-when.ts';
import { call } from '#db/schema/exchanges.ts';
import { version } from '#db/schema/platform.ts';
import { inLanguage } from '../localized.ts';
import { callShape } from './call-schema.ts';

/** What becomes of a call by a successor both sides sign. */
export type CallNews = 'extended' | 'cancelled';
type About = { reference: string; version: number };

/** The call, the deadline and the reason as the signed version says them: they are public. */
function newsMessage(news: CallNews): MessageDef<About> {
  const code = news === 'extended' ? 'exchanges.callExtended' : 'exchanges.callCancelled';
  return defineMessage<About>({
    code,
    params: z.object({ reference: z.string(), version: z.number() }),
    path: ({ reference }) => `/calls/${reference}`,
    async compose(db, { params, locale, institutionId }) {
      const [row] = await db
        .select({ content: version.content })
        .from(version)
        .innerJoin(call, eq(call.id, version.subjectId))
        .where(
          and(
            eq(version.subjectType, 'call'),
            eq(call.reference, params.reference),
            eq(version.number, params.version),
          ),
        );
      const content = row && callShape.parse(row.content);
      const reason = news === 'extended' ? content?.extension : content?.cancellation;
      const lead = content?.deadlineZone === 'Asia/Kolkata' ? 'in' : 'ru';
      const words = {
        reference: params.reference,
        call: content ? inLanguage(content.title, locale) : '',
        deadline: content ? formatDeadline(content.deadline, locale, { lead }) : '',
        reason: reason ? inLanguage(reason, locale) : '',
      };
      return wordsOf(db, code, words, institutionId, locale);
    },
  });
}

export const callExtendedMessage = newsMessage('extended');
export const callCancelledMessage = newsMessage('cancelled');

export const callMessages = [callExtendedMessage, callCancelledMessage];
