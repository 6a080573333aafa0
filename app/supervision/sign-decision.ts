import { eq } from 'drizzle-orm';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { notify } from '#app/platform/notify.server.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import { signVersion, type Version } from '#app/platform/versions.server.ts';
import type { Db, Tx } from '#db/client.server.ts';
import { version } from '#db/schema/platform.ts';
import type { Locale } from '#db/schema/shared.ts';
import type { DecisionContent } from './decision-content.ts';
import { type LockedReport, lockReport } from './lock-report.ts';
import { decided, paramsOf } from './messages.ts';
import { moveReport } from './move-report.ts';
import { demand, placeOf } from './policy.ts';
import { supervisorsOf } from './supervisors.ts';

/**
 * A supervisor signs the version of the decision whose hash was on the screen. With the second signature the portal
 * closes the report and tells the candidate and both supervisors. The caller has asked for a fresh sign-in.
 *
 * @param input.locale the language in which the text was read.
 * @returns whether the decision is signed by both now
 * @throws Refusal `not-found`, `forbidden`, `stale` when another version is in force
 */
export async function signDecision(
  db: Db,
  actor: PersonActor,
  input: { reference: string; number: number; hash: string; locale: Locale },
  now = new Date(),
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const found = await lockReport(tx, actor, input.reference, input.number);
    demand('supervision.sign', actor, found);
    const place = placeOf(actor, found);
    if (!place) throw forbidden();
    if (found.report.state !== 'decision-proposed' || !found.report.decisionVersionId)
      throw stale('staleState');
    const { signature, complete } = await signVersion(tx, {
      versionId: found.report.decisionVersionId,
      hashShown: input.hash,
      actor,
      institutionId: place.institutionId,
      capacity: place.role,
      locale: input.locale,
      parties: supervisorsOf(found.members).map(({ institutionId, role }) => ({
        institutionId,
        capacity: role,
      })),
      now,
    });
    if (complete) await close(tx, found, signature.versionId, now);
    return complete;
  });
}

async function close(tx: Tx, found: LockedReport, versionId: string, now: Date): Promise<void> {
  const [signed] = await tx.select().from(version).where(eq(version.id, versionId));
  const { outcome } = (signed as Version).content as DecisionContent;
  const report = await moveReport(tx, found, {
    name: 'decide',
    actor: system('supervision.close'),
    set: { outcome, decidedAt: now, turnDueOn: null },
    facts: { outcome },
    now,
  });
  await notify(tx, decided, {
    to: found.members.map((member) => member.personId),
    params: paramsOf(found.thesis.reference, report),
    cause: `progress-report:${report.id}:decided`,
    institutionId: found.thesis.homeInstitutionId,
  });
}
