import { holdersAt } from '#app/people/holder-queries.ts';
import { cyrillicName, latinName, type NameParts } from '#app/people/person-name.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { invalid } from '#app/platform/outcome.ts';
import type { Db, DbOrTx, Tx } from '#db/client.server.ts';
import type { Role } from '#db/schema/people.ts';
import { issueLetter } from './letters/issue-letter.ts';
import { stepMessages } from './messages.ts';
import { type Decision, moveApplication } from './move-application.ts';
import { openPlacement } from './placements/open-placement.ts';
import { demandPassport } from './placements/outlives-passport.ts';
import { acceptanceSchema, checked } from './schemas.ts';
import type { Application, Call } from './scope.ts';

/** Who may receive a participant: people of the host institution who supervise, or are its experts. */
const HOST_SUPERVISORS: Role[] = ['supervisor', 'expert'];

/** Whom the host institution can name as supervisor of the stay. */
export const hostSupervisors = (db: DbOrTx, hostInstitutionId: string) =>
  holdersAt(db, hostInstitutionId, HOST_SUPERVISORS);

/**
 * The host institution accepts, naming supervisor, laboratory and dates within the call's window; the stay is opened
 * with it.
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
      message: stepMessages.accepted,
      tell: () => ['home'],
      set: async (record, call, tx) => ({
        ...(await agreedStay(tx, record, call, input.stay)),
        hostDecidedAt: now,
        hostDecidedBy: actor.personId,
        dueAt: null,
      }),
      also: async (tx, moved, call) => {
        await issueLetter(tx, actor, { kind: 'acceptance', record: moved, call, party: 'host', now });
        await openPlacement(tx, actor, moved, now);
      },
    },
    now,
  );
}

async function agreedStay(tx: Tx, record: Application, call: Call, typed: Record<string, unknown>) {
  const stay = checked(acceptanceSchema, typed);
  const fields: Record<string, string[]> = {};
  if (stay.stayFrom < call.stayFrom || stay.stayFrom > call.stayUntil)
    fields.stayFrom = ['exchanges.startOutside'];
  if (stay.stayUntil > call.stayUntil) fields.stayUntil = ['exchanges.stayTooLate'];
  const possible = record.hostInstitutionId ? await hostSupervisors(tx, record.hostInstitutionId) : [];
  const supervisor = possible.find((one) => one.id === stay.hostSupervisorId);
  if (!supervisor) fields.hostSupervisorId = ['exchanges.giveHostSupervisor'];
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  // Of whoever has travelled before, the portal may know the passport.
  await demandPassport(tx, { participantId: record.applicantId }, stay.stayUntil, 'stayUntil');
  return { ...stay, hostSupervisor: supervisor ? nameKept(supervisor) : '' };
}

/** The name as it stood when the stay was agreed. */
const nameKept = (person: NameParts) => latinName(person) || cyrillicName(person);
