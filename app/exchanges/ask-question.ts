import { count, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { plainText } from '#app/platform/plain-text.ts';
import type { Db } from '#db/client.server.ts';
import { hostQuestion } from '#db/schema/exchanges.ts';
import { questionSchema } from './decision-schemas.ts';
import { workingDaysFor } from './due-dates.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { checked } from './schemas.ts';

/**
 * The host institution returns the nomination with a question; the home institution has five of its working
 * days to reply, and not longer than the host has to answer.
 *
 * @throws Refusal `invalid` without a question; `forbidden`, `stale`, `not-found`.
 */
export async function askQuestion(
  db: Db,
  actor: PersonActor,
  input: Omit<Decision, 'reason'> & { question: string },
  now = new Date(),
): Promise<void> {
  const question = plainText(input.question);
  await moveApplication(
    db,
    actor,
    { ...input, reason: question },
    {
      name: 'ask',
      message: stepMessages.queried,
      tell: () => ['home'],
      set: async (record, call, tx) => {
        checked(questionSchema, { question });
        const dueAt = await workingDaysFor(tx, record.homeInstitutionId, now);
        return { dueAt: call.answerBy > now && call.answerBy < dueAt ? call.answerBy : dueAt };
      },
      also: async (tx, moved) => {
        const [{ before } = { before: 0 }] = await tx
          .select({ before: count() })
          .from(hostQuestion)
          .where(eq(hostQuestion.applicationId, moved.id));
        await tx.insert(hostQuestion).values({
          applicationId: moved.id,
          number: before + 1,
          question,
          askedBy: actor.personId,
          askedAt: now,
        });
      },
    },
    now,
  );
}
