import { eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { forbidden, stale } from '#app/platform/outcome.ts';
import type { Db } from '#db/client.server.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import type { Side } from '#db/schema/shared.ts';
import { permits, sidesOf } from './access.ts';
import { peopleRules } from './policy.ts';

/**
 * Takes a day out of a side's calendar: it follows the week again.
 *
 * @throws Refusal `forbidden` to anyone but an institution's administrator of that side; `stale` when it is gone.
 */
export async function removeCalendarDay(db: Db, actor: PersonActor, id: string): Promise<void> {
  if (sidesOf(actor, 'institution-admin').length === 0) throw forbidden('people.calendarNotYours');
  await db.transaction(async (tx) => {
    const [found] = await tx.select().from(calendarDay).where(eq(calendarDay.id, id)).for('update');
    if (!found) throw stale('people.dayGone');
    const { side, day, kind }: { side: Side; day: string; kind: string } = found;
    if (!permits(peopleRules['people.calendar'], actor, { side })) throw forbidden('people.calendarNotYours');
    await tx.delete(calendarDay).where(eq(calendarDay.id, id));
    await audit(tx, {
      code: 'people.calendarDayRemoved',
      actor,
      subject: { type: 'calendar-day', id },
      institutionId: actor.institutionId,
      facts: { side, day, kind },
    });
  });
}
