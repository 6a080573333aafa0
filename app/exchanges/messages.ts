import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { inLanguage } from './localized.ts';

type Reference = { reference: string };
/** A message about one application, known by its reference. */
export type StepMessage = MessageDef<Reference>;

/** What applicants and institutions are told of, by the last part of the message's code. */
const EVENTS = [
  'submitted',
  'eligible',
  'ineligible',
  'returned',
  'selected',
  'reserve',
  'notSelected',
  'promoted',
  'nominated',
  'notNominated',
  'queried',
  'replied',
  'accepted',
  'declined',
  'withdrawn',
  'appealed',
  'appealUpheld',
  'appealRejected',
] as const;
type Event = (typeof EVENTS)[number];

/** A step of an application. It names the reference and the call, nobody and no reason: those stand in the portal. */
function stepMessage(event: Event): StepMessage {
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

/** The messages of an application's steps, by event. */
export const stepMessages = Object.fromEntries(EVENTS.map((event) => [event, stepMessage(event)])) as Record<
  Event,
  StepMessage
>;

export const submittedMessage = stepMessages.submitted;

export const messages: StepMessage[] = Object.values(stepMessages);
