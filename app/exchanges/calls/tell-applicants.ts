import { and, eq, isNotNull, ne, notInArray } from 'drizzle-orm';
import { coordinatorsOf } from '#app/people/coordinator-queries.ts';
import { notify } from '#app/platform/notify.server.ts';
import type { Tx } from '#db/client.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { type CallNews, callCancelledMessage, callExtendedMessage } from './call-messages.ts';

/** Stages in which nothing of an application is open: nobody waits for it, and no date of the call concerns it. */
export const ENDED_STAGES = [
  'withdrawn',
  'ineligible',
  'not-selected',
  'not-nominated',
  'declined',
  'placement-closed',
  'placement-no-show',
  'placement-cancelled',
] as const;

/**
 * Tells everybody who applied to a call, drafts too, what became of it and why; and the coordinators of the
 * institutions that have applications of it on their desks. Whoever withdrew is left alone.
 *
 * @param version number of the version that both have signed: its reason is what they are told.
 */
export async function tellApplicants(
  tx: Tx,
  call: { id: string; reference: string },
  news: CallNews,
  version: number,
): Promise<void> {
  const message = news === 'extended' ? callExtendedMessage : callCancelledMessage;
  const applicants = await tx
    .select({ id: application.applicantId })
    .from(application)
    .where(and(eq(application.callId, call.id), ne(application.state, 'withdrawn')));
  const desks = await tx
    .selectDistinct({ home: application.homeInstitutionId, host: application.hostInstitutionId })
    .from(application)
    .where(
      and(
        eq(application.callId, call.id),
        isNotNull(application.submittedAt),
        notInArray(application.stage, [...ENDED_STAGES]),
      ),
    );
  const institutions = desks.flatMap(({ home, host }) => [home, host]);
  const coordinators = await coordinatorsOf(tx, institutions);
  await notify(tx, message, {
    to: [...applicants.map(({ id }) => id), ...coordinators],
    params: { reference: call.reference, version },
    cause: `call:${call.id}:${news}:${version}`,
  });
}
