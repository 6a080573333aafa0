import { and, desc, eq } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { appeal } from '#db/schema/exchanges.ts';
import type { Side } from '#db/schema/shared.ts';
import { dayAt, lastWorkingDay, sideOf } from './due-dates.ts';
import type { Application } from './scope.ts';

/** The decisions an applicant may appeal against. */
export const APPEALABLE = ['ineligible', 'not-selected', 'not-nominated', 'declined'] as const;
export type Appealable = (typeof APPEALABLE)[number];

/** The decision an application ended with, when it is one that can be appealed against. */
export const appealable = (state: string): Appealable | null =>
  APPEALABLE.find((one) => one === state) ?? null;

type Ended = Pick<Application, 'id' | 'state' | 'stateAt' | 'homeInstitutionId' | 'hostInstitutionId'>;

/** The institution whose pen took the decision answers for it; a ranking is answered for by the home institution. */
export function decidingInstitution(record: Ended): string {
  const id = record.state === 'declined' ? record.hostInstitutionId : record.homeInstitutionId;
  if (!id) throw new Error(`${record.id} ended without its parties`);
  return id;
}

/**
 * The last day of an appeal: the fifth working day of the applicant's side after the day of the decision there.
 *
 * @returns also whether that day is over at `now`, by that side's clock.
 */
export async function appealTerm(
  db: DbOrTx,
  record: Ended,
  now: Date,
): Promise<{ side: Side; lastDay: string; over: boolean }> {
  const side = await sideOf(db, record.homeInstitutionId);
  const lastDay = await lastWorkingDay(db, side, record.stateAt);
  return { side, lastDay, over: dayAt(side, now) > lastDay };
}

/** Appeals of an application, the latest first. */
export async function appealsOf(db: DbOrTx, applicationId: string) {
  return db.select().from(appeal).where(eq(appeal.applicationId, applicationId)).orderBy(desc(appeal.madeAt));
}

/** The appeal against the decision the application stands at, if one was made. */
export async function appealAgainst(db: DbOrTx, record: Ended) {
  const against = appealable(record.state);
  if (!against) return null;
  const [found] = await db
    .select()
    .from(appeal)
    .where(
      and(
        eq(appeal.applicationId, record.id),
        eq(appeal.against, against),
        eq(appeal.decisionAt, record.stateAt),
      ),
    );
  return found ?? null;
}
