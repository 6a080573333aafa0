import { z } from 'zod';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Db } from '#db/client.server.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { checked, required } from '../schemas.ts';
import { keepForClosing, lockForClosing } from './closing-lock.ts';
import { GRADES } from './grades.ts';
import { evaluatedMessage } from './placement-messages.ts';
import { tellStay } from './placement-parties.ts';

const EVALUATION_MAX = 6000;

const evaluationSchema = z.object({
  grade: z.enum(GRADES, 'placements.giveGrade'),
  locale: z.enum(LOCALES, 'choice'),
  evaluation: required(EVALUATION_MAX, 'exchanges.textTooLong', 'placements.giveEvaluation'),
});

/**
 * The host supervisor's evaluation with its grade; written anew until the closing lies before both coordinators.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`
 */
export async function evaluateStay(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; grade: string; evaluation: string; locale: string },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockForClosing(tx, actor, input, 'placements.evaluate');
    const { grade, evaluation, locale } = checked(evaluationSchema, input);
    await keepForClosing(tx, record, {
      evaluation,
      evaluationGrade: grade,
      evaluationLocale: locale,
      evaluatedAt: now,
      evaluatedBy: actor.personId,
    });
    await audit(tx, {
      code: 'placement.evaluate',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: record.hostInstitutionId,
    });
    await tellStay(tx, record, evaluatedMessage, {
      cause: 'evaluation',
      to: ['participant', 'home-coordinator', 'host-coordinator'],
      by: actor,
    });
  });
}
