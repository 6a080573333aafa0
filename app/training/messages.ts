import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { formatDateRange, formatDeadline } from '#app/ui/format-when.ts';
import { course, courseRun } from '#db/schema/training.ts';

const params = z.object({
  reference: z.string(),
  /** Until when an offer stands. */
  until: z.iso.datetime().optional(),
  /** Place in the waitlist. */
  place: z.int().optional(),
});
type RunParams = z.output<typeof params>;

/** A step of an enrolment. It names the course and its dates, nobody and no reason: those stand in the portal. */
function runMessage(
  event: 'requested' | 'confirmed' | 'waiting' | 'offered' | 'lapsed' | 'refused' | 'certified',
  page = '',
): MessageDef<RunParams> {
  const code = `training.${event}`;
  return defineMessage<RunParams>({
    code,
    params,
    path: ({ reference }) => `/training/runs/${reference}${page}`,
    async compose(db, { params: { reference, until, place }, locale, institutionId }) {
      const [row] = await db
        .select({ title: course.title, startsOn: courseRun.startsOn, endsOn: courseRun.endsOn })
        .from(courseRun)
        .innerJoin(course, eq(course.id, courseRun.courseId))
        .where(eq(courseRun.reference, reference));
      const words = {
        reference,
        course: row?.title[locale] ?? '',
        dates: row ? formatDateRange(row.startsOn, row.endsOn, locale) : '',
        until: until ? formatDeadline(until, locale, { year: false }) : '',
        place: place ?? '',
      };
      return wordsOf(db, code, words, institutionId, locale);
    },
  });
}

export const requestedMessage = runMessage('requested', '/people');
export const confirmedMessage = runMessage('confirmed');
export const waitingMessage = runMessage('waiting');
export const offeredMessage = runMessage('offered');
export const lapsedMessage = runMessage('lapsed');
export const refusedMessage = runMessage('refused');
export const certifiedMessage = runMessage('certified');

export const messages = [
  requestedMessage,
  confirmedMessage,
  waitingMessage,
  offeredMessage,
  lapsedMessage,
  refusedMessage,
  certifiedMessage,
];
