import { and, asc, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { permits } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { monthsAfter } from '#app/platform/calendar.ts';
import { forbidden, invalid, stale } from '#app/platform/outcome.ts';
import { calendarDateOf } from '#app/ui/format-when.ts';
import type { Db, DbOrTx } from '#db/client.server.ts';
import { placementNote } from '#db/schema/placements.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { checked, required } from '../schemas.ts';
import { noteMessage } from './placement-messages.ts';
import { sidesOfStay, tellStay } from './placement-parties.ts';
import { lockPlacement, type Placement } from './placement-scope.ts';
import { placementRules } from './policy.ts';

const NOTE_MAX = 4000;

const noteSchema = z.object({
  month: z.iso.date('choice'),
  locale: z.enum(LOCALES, 'choice'),
  words: required(NOTE_MAX, 'exchanges.textTooLong', 'placements.giveNote'),
});

/**
 * The months of a stay whose note can be written today, as their first days, the latest first: from the month of the
 * arrival to the present one or that of the departure; each until the end of the month after it.
 */
export function openMonths(record: Pick<Placement, 'arrivedOn' | 'leftOn'>, today: string): string[] {
  if (record.arrivedOn === null) return [];
  const firstOf = (day: string) => `${day.slice(0, 7)}-01`;
  const last = firstOf(record.leftOn !== null && record.leftOn < today ? record.leftOn : today);
  const earliest = monthsAfter(firstOf(today), -1);
  const months: string[] = [];
  for (
    let month = last;
    month >= firstOf(record.arrivedOn) && month >= earliest;
    month = monthsAfter(month, -1)
  ) {
    months.push(month);
  }
  return months;
}

/** The notes of a stay, the earliest month first. */
export async function notesOf(db: DbOrTx, placementId: string) {
  return db
    .select()
    .from(placementNote)
    .where(eq(placementNote.placementId, placementId))
    .orderBy(asc(placementNote.month));
}

/**
 * The participant writes the note of a month, or writes it anew until the month after has ended. The host supervisor and
 * the coordinators are told of the first writing.
 *
 * @param input.revision what the form showed of a note that was there; absent for a new one.
 * @throws Refusal `not-found`, `forbidden`, `stale` when it was written meanwhile, `invalid` for a month that is not open
 */
export async function writeNote(
  db: Db,
  actor: PersonActor,
  input: { reference: string; month: string; words: string; locale: string; revision?: string | undefined },
  now = new Date(),
): Promise<void> {
  await db.transaction(async (tx) => {
    const record = await lockPlacement(tx, actor, input.reference);
    if (!permits(placementRules['placements.note'], actor, record)) throw forbidden();
    if (record.state !== 'stay' && record.state !== 'returned') throw stale('staleState');
    const { month, words, locale } = checked(noteSchema, input);
    const { host } = await sidesOfStay(tx, record);
    if (!openMonths(record, calendarDateOf(now, host)).includes(month)) {
      throw invalid('placements.monthClosed', { fields: { month: ['placements.monthClosed'] } });
    }
    const [known] = await tx
      .select()
      .from(placementNote)
      .where(and(eq(placementNote.placementId, record.id), eq(placementNote.month, month)));
    if ((known?.revision ?? '') !== (input.revision ?? '')) throw stale();
    const set = { words, locale, writtenAt: now, revision: uuidv7() };
    if (known) await tx.update(placementNote).set(set).where(eq(placementNote.id, known.id));
    else await tx.insert(placementNote).values({ placementId: record.id, month, ...set });
    await audit(tx, {
      code: 'placement.note',
      actor,
      subject: { type: 'placement', id: record.id },
      institutionId: record.homeInstitutionId,
      facts: { month: month.slice(0, 7) },
    });
    await tellStay(tx, record, noteMessage, {
      cause: `note:${month}`,
      to: ['host-supervisor', 'home-coordinator', 'host-coordinator'],
      by: actor,
    });
  });
}
