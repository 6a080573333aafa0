import { z } from 'zod';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import type { Db } from '#db/client.server.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { checked, upTo } from '../schemas.ts';
import { keepForClosing, lockForClosing } from './closing-lock.ts';
import { reportedMessage } from './placement-messages.ts';
import { tellStay } from './placement-parties.ts';

const REPORT_MAX = 12_000;

const draftSchema = z.object({
  locale: z.enum(LOCALES, 'choice'),
  report: upTo(REPORT_MAX, 'exchanges.textTooLong'),
});
const reportSchema = draftSchema.refine(({ report }) => report !== '', {
  path: ['report'],
  message: 'placements.giveReport',
});

/**
 * The participant's report on the stay, in the language they choose. A draft is theirs alone; handed in, it is read by
 * all who stand in the stay and can be written anew until the closing lies before both coordinators.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid`
 */
export async function writeReport(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; report: string; locale: string; submit: boolean },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockForClosing(tx, actor, input, 'placements.report');
    const submit = input.submit || record.reportedAt !== null;
    const { report, locale } = checked(submit ? reportSchema : draftSchema, input);
    const reportedAt = submit ? { reportedAt: now } : {};
    await keepForClosing(tx, record, { report, reportLocale: locale, ...reportedAt });
    if (!submit) return;
    await audit(tx, {
      code: 'placement.report',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: record.homeInstitutionId,
      facts: { locale },
    });
    await tellStay(tx, record, reportedMessage, {
      cause: 'report',
      to: ['host-supervisor', 'home-coordinator', 'host-coordinator'],
      by: actor,
    });
  });
}
