import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { acceptedMessage } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { acceptanceSchema, checked } from './schemas.ts';

/**
 * The host institution accepts, naming supervisor, laboratory and dates within the call's window.
 *
 * @throws Refusal `invalid` naming the fields; `forbidden`, `stale`, `not-found`.
 */
export async function acceptApplication(
  db: Db,
  actor: PersonActor,
  input: Decision & { stay: Record<string, unknown> },
  now = new Date(),
): Promise<void> {
  await moveApplication(
    db,
    actor,
    input,
    {
      name: 'accept',
      message: acceptedMessage,
      tell: () => ['home'],
      set: (_record, call) => {
        const stay = checked(acceptanceSchema, input.stay);
        const fields: Record<string, string[]> = {};
        if (stay.stayFrom < call.stayFrom || stay.stayFrom > call.stayUntil)
          fields.stayFrom = ['exchanges.startOutside'];
        if (stay.stayUntil > call.stayUntil) fields.stayUntil = ['exchanges.stayTooLate'];
        if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
        return { ...stay, hostDecidedAt: now, hostDecidedBy: actor.personId, dueAt: null };
      },
    },
    now,
  );
}
