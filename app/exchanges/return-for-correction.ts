import { count, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { daysAfter } from '#app/platform/calendar.ts';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import type { Db } from '#db/client.server.ts';
import { APPLICATION_SECTIONS, type ApplicationSection, correction } from '#db/schema/exchanges.ts';
import { COMMENT_MAX, correctionDay } from './decision-schemas.ts';
import { dayAt, endOfDay, sideOf } from './due-dates.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { checked } from './schemas.ts';

/** The new date lies at most so many days ahead. */
const DAYS_MAX = 90;

/**
 * The home institution returns the application with comments by section and a new date, until which the applicant
 * may change it and submit it again, whatever the deadline of the call was.
 *
 * @param input.comments what is to be corrected, by section; empty ones are left out.
 * @param input.dueOn last day as `2026-12-04`, in the home institution's city.
 * @throws Refusal `invalid` naming the fields (`comment.<section>`, `dueOn`); `forbidden`, `stale`, `not-found`.
 */
export async function returnForCorrection(
  db: Db,
  actor: PersonActor,
  input: Decision & { comments: Partial<Record<ApplicationSection, string>>; dueOn: string },
  now = new Date(),
): Promise<void> {
  let comments: Partial<Record<ApplicationSection, string>> = {};
  let dueAt = now;
  await moveApplication(
    db,
    actor,
    input,
    {
      name: 'returnForCorrection',
      message: stepMessages.returned,
      tell: () => [],
      set: async (record, _call, tx) => {
        const side = await sideOf(tx, record.homeInstitutionId);
        comments = given(input.comments);
        const today = dayAt(side, now);
        const { dueOn } = checked(correctionDay(today, daysAfter(today, DAYS_MAX)), { dueOn: input.dueOn });
        dueAt = endOfDay(side, dueOn);
        return { dueAt };
      },
      also: async (tx, moved) => {
        const [{ before } = { before: 0 }] = await tx
          .select({ before: count() })
          .from(correction)
          .where(eq(correction.applicationId, moved.id));
        if (!moved.submittedVersionId) throw new Error(`${moved.reference} has no submitted version`);
        await tx.insert(correction).values({
          applicationId: moved.id,
          number: before + 1,
          versionId: moved.submittedVersionId,
          comments,
          dueAt,
          askedBy: actor.personId,
          askedAt: now,
        });
      },
    },
    now,
  );
}

function given(typed: Partial<Record<ApplicationSection, string>>) {
  const comments: Partial<Record<ApplicationSection, string>> = {};
  const fields: Record<string, string[]> = {};
  for (const section of APPLICATION_SECTIONS) {
    const text = plainText(typed[section] ?? '');
    if (lengthOf(text) > COMMENT_MAX) fields[`comment.${section}`] = ['exchanges.commentTooLong'];
    if (text) comments[section] = text;
  }
  if (Object.keys(comments).length === 0) fields['comment.plan'] = ['exchanges.giveComment'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  return comments;
}
