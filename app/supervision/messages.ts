import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { tFor } from '#app/platform/i18n.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { formatDeadlineDate } from '#app/ui/format-when.ts';
import { thesis } from '#db/schema/supervision.ts';
import { inLanguage } from './in-language.ts';

const params = z.object({
  reference: z.string(),
  number: z.int(),
  year: z.int(),
  half: z.union([z.literal(1), z.literal(2)]),
  /** By when the reader should act; null where nothing is asked of them. */
  due: z.iso.date().nullable(),
});

type ReportParams = z.output<typeof params>;

/** What a message says of a report: its place in the portal, its half-year, a date. No names, no assessment. */
export function paramsOf(
  reference: string,
  report: { number: number; year: number; half: 1 | 2; turnDueOn: string | null },
): ReportParams {
  const { number, year, half, turnDueOn } = report;
  return { reference, number, year, half, due: turnDueOn };
}

function reportMessage(code: string, page: '' | '/decision'): MessageDef<ReportParams> {
  return defineMessage<ReportParams>({
    code,
    params,
    path: ({ reference, number }) => `/supervision/${reference}/reports/${number}${page}`,
    async compose(db, { params, institutionId, locale }) {
      const [row] = await db
        .select({ title: thesis.title })
        .from(thesis)
        .where(eq(thesis.reference, params.reference));
      const words = {
        reference: params.reference,
        title: row ? inLanguage(row.title, locale).text : '',
        halfYear: tFor(locale)(`supervision:halfYear.${params.half}`, { year: params.year }),
        due: params.due === null ? '' : formatDeadlineDate(params.due, locale, { year: false }),
      };
      return wordsOf(db, code, words, institutionId, locale);
    },
  });
}

/** To both supervisors: an opinion is asked for. */
export const reportSubmitted = reportMessage('supervision.reportSubmitted', '');
/** To the candidate: the report wants correcting. */
export const reportReturned = reportMessage('supervision.returned', '');
/** To all three: both opinions are in and open. */
export const opinionsOpen = reportMessage('supervision.opinionsOpen', '');
/** To the supervisor who did not write the decision, or whose signature a new version voided. */
export const decisionProposed = reportMessage('supervision.decisionProposed', '/decision');
/** To all three: both have signed. */
export const decided = reportMessage('supervision.decided', '');

export const messages = [reportSubmitted, reportReturned, opinionsOpen, decisionProposed, decided];
