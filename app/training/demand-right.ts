import { institutionsOf, permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { trainingRules } from './policy.ts';
import { findRun } from './scope.ts';

/**
 * Asks for the right on a run before a form is judged: whoever may not, learns nothing from what is wrong in it. The
 * use case asks again, under the lock.
 *
 * @throws Refusal `not-found`, `forbidden`
 */
export async function demandRight(
  db: DbOrTx,
  actor: PersonActor,
  reference: string,
  right: 'training.arrange' | 'training.teach',
): Promise<void> {
  const run = await findRun(db, reference);
  if (!permits(trainingRules[right], actor, run)) throw forbidden();
}

/** The people of a run are for those who coordinate something. @throws Refusal `not-found`, `forbidden` */
export async function demandCoordinator(db: DbOrTx, actor: PersonActor, reference: string): Promise<void> {
  await findRun(db, reference);
  if (institutionsOf(actor, 'coordinator').length === 0) throw forbidden();
}
