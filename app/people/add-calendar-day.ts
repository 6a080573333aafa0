import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { brokenConstraint } from '#app/platform/broken-constraint.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { calendarOf, isWorkingDay } from '#app/platform/working-days.ts';
import type { Db } from '#db/client.server.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import type { LocalizedText, Side } from '#db/schema/shared.ts';
import { permits } from './access.ts';
import { peopleRules } from './policy.ts';

/**
 * Enters a holiday, or a Saturday or Sunday that is worked, into a side's calendar. Dates that were set by working days
 * before stay as they are.
 *
 * @param input.source the decree or circular it follows, so that the other side can look it up.
 * @throws Refusal `forbidden` to anyone but an institution's administrator of that side; `invalid` at `day` where the
 *   calendar has that day, at `kind` for a working day that is worked anyway.
 */
export async function addCalendarDay(
  db: Db,
  actor: PersonActor,
  input: { side: Side; day: string; kind: 'holiday' | 'working'; name: LocalizedText; source: string },
): Promise<void> {
  const { side, day, kind } = input;
  if (!permits(peopleRules['people.calendar'], actor, { side })) throw forbidden('people.calendarNotYours');
  if (kind === 'working' && isWorkingDay(day, calendarOf([], day, day))) {
    throw invalid('invalid', { fields: { kind: ['people.dayWorkedAnyway'] } });
  }
  try {
    await db.transaction(async (tx) => {
      const [added] = await tx.insert(calendarDay).values(input).returning({ id: calendarDay.id });
      if (!added) throw new Error('The day was not inserted');
      await audit(tx, {
        code: 'people.calendarDayAdded',
        actor,
        subject: { type: 'calendar-day', id: added.id },
        institutionId: actor.institutionId,
        facts: { side, day, kind },
      });
    });
  } catch (error) {
    if (brokenConstraint(error) !== 'calendar_day_once') throw error;
    throw invalid('people.dayTwice', { fields: { day: ['people.dayTwice'] } });
  }
}
