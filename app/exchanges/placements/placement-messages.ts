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
export const supervisorNamedMessage = placementMessage('supervisorNamed', '/programme');
export const programmeLaidMessage = placementMessage('programmeLaid', '/programme/signature');
export const programmeSignedMessage = placementMessage('programmeSigned', '/programme');
export const programmeRefusedMessage = placementMessage('programmeRefused', '/programme');
export const programmeInForceMessage = placementMessage('programmeInForce');
export const arrivedMessage = placementMessage('arrived');
export const departedMessage = placementMessage('departed');
export const dutyDoneMessage = placementMessage('dutyDone', '/stay');
export const dutyOverdueMessage = placementMessage('dutyOverdue', '/stay');
export const requestMadeMessage = placementMessage('requestMade', '/requests');
export const requestGrantedMessage = placementMessage('requestGranted', '/requests');
export const requestRefusedMessage = placementMessage('requestRefused', '/requests');
export const noteMessage = placementMessage('note', '/stay');
export const reportedMessage = placementMessage('reported', '/closing');
export const evaluatedMessage = placementMessage('evaluated', '/closing');
export const closingLaidMessage = placementMessage('closingLaid', '/closing');
export const closingRefusedMessage = placementMessage('closingRefused', '/closing');
export const closedMessage = placementMessage('closed');
export const reportOverdueMessage = placementMessage('reportOverdue', '/report');
export const evaluationOverdueMessage = placementMessage('evaluationOverdue', '/evaluation');

export const placementMessages = [
  placementOpenedMessage,
  supervisorNamedMessage,
  programmeLaidMessage,
  programmeSignedMessage,
  programmeRefusedMessage,
  programmeInForceMessage,
  arrivedMessage,
  departedMessage,
  dutyDoneMessage,
  dutyOverdueMessage,
  requestMadeMessage,
  requestGrantedMessage,
  requestRefusedMessage,
  noteMessage,
  reportedMessage,
  evaluatedMessage,
  closingLaidMessage,
  closingRefusedMessage,
  closedMessage,
  reportOverdueMessage,
  evaluationOverdueMessage,
];
