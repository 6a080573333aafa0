import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { lengthOf } from '#app/platform/plain-text.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { OUTPUT_KINDS, placementOutput } from '#db/schema/placements.ts';
import { checked } from '../schemas.ts';
import { keepForClosing, lockForClosing } from './closing-lock.ts';

const TITLE_MAX = 400;
const OUTPUTS_MAX = 30;
const line = z
  .string()
  .default('')
  .transform((text) => text.normalize('NFC').trim());

const outputsSchema = z.object({
  outputs: z
    .array(
      z
        .object({ kind: line, title: line, identifier: line })
        .superRefine(({ kind, title, identifier }, context) => {
          const wrong = (path: string, message: string) =>
            context.addIssue({ code: 'custom', path: [path], message });
          if (title === '' && identifier !== '') wrong('title', 'placements.giveOutputTitle');
          if (title !== '' && !OUTPUT_KINDS.some((one) => one === kind)) wrong('kind', 'choice');
          if (lengthOf(title) > TITLE_MAX) wrong('title', 'exchanges.textTooLong');
          if (lengthOf(identifier) > TITLE_MAX) wrong('identifier', 'exchanges.textTooLong');
        }),
    )
    .max(OUTPUTS_MAX, 'placements.tooManyOutputs'),
});

/** What came out of a stay, in the order it was written down. */
export async function outputsOf(db: DbOrTx, placementId: string) {
  return db
    .select()
    .from(placementOutput)
    .where(eq(placementOutput.placementId, placementId))
    .orderBy(asc(placementOutput.number));
}

/**
 * The participant writes down what came out of the stay; the list replaces the one before. Rows without a title are
 * left out.
 *
 * @throws Refusal `not-found`, `forbidden`, `stale`, `invalid` at the fields of the row
 */
export async function recordOutputs(
  db: Db,
  actor: PersonActor,
  input: { reference: string; revision: string; outputs: Record<string, string>[] },
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockForClosing(tx, actor, input, 'placements.report');
    const { outputs } = checked(outputsSchema, { outputs: input.outputs });
    const rows = outputs.filter((one) => one.title !== '');
    await tx.delete(placementOutput).where(eq(placementOutput.placementId, record.id));
    if (rows.length > 0) {
      await tx.insert(placementOutput).values(
        rows.map(({ kind, title, identifier }, index) => ({
          placementId: record.id,
          number: index + 1,
          kind: kind as (typeof OUTPUT_KINDS)[number],
          title,
          identifier: identifier || null,
        })),
      );
    }
    await keepForClosing(tx, record, {});
    await audit(tx, {
      code: 'placement.outputs',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: record.homeInstitutionId,
      facts: { given: rows.length },
    });
  });
}
