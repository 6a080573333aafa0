import { and, eq, isNull } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { hostQuestion } from '#db/schema/exchanges.ts';
import { replySchema } from './decision-schemas.ts';
import { dueFor } from './due-dates.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { checked } from './schemas.ts';

/**
 * The home institution replies to the host's question, and the host holds the pen again.
 *
 * @throws Refusal `invalid` without a reply; `forbidden`, `stale`, `not-found`.
 */
export async function replyToQuestion(
  db: Db,
  actor: PersonActor,
  input: Decision & { reply: string },
  now = new Date(),
): Promise<void> {
  let reply = '';
  await moveApplication(
    db,
    actor,
    input,
    {
      name: 'reply',
      message: stepMessages.replied,
      tell: () => ['host'],
      set: async (record, call, tx) => {
        reply = checked(replySchema, { reply: input.reply }).reply;
        return { dueAt: await dueFor(tx, record.hostInstitutionId, call.answerBy, now) };
      },
      also: async (tx, moved) => {
        const answered = await tx
          .update(hostQuestion)
          .set({ reply, repliedBy: actor.personId, repliedAt: now })
          .where(and(eq(hostQuestion.applicationId, moved.id), isNull(hostQuestion.repliedAt)))
          .returning({ id: hostQuestion.id });
        if (answered.length !== 1) throw stale();
      },
    },
    now,
  );
}
