import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { workingDaysAfter } from '#app/platform/calendar-days.server.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import { auditRow } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { addCalendarDay } from './add-calendar-day.ts';
import { calendarDaysOf } from './calendar-day-queries.ts';
import { removeCalendarDay } from './remove-calendar-day.ts';

const { db } = await useDatabase();
const administrator = await addPerson(db, 'GIREDMET', ['institution-admin']);
const indian = await addPerson(db, 'TEXMIN', ['institution-admin']);
const coordinator = await addPerson(db, 'GIREDMET', ['coordinator']);
const name = { en: 'Day of the metallurgist', ru: 'День металлурга' };
const source = 'Order of the director No. 7';

const add = (actor: PersonActor, day: string, kind: 'holiday' | 'working' = 'holiday') =>
  addCalendarDay(db, actor, { side: 'ru', day, kind, name, source });
const on = async (day: string) => {
  const days = await calendarDaysOf(db, 'ru', Number(day.slice(0, 4)));
  return days.find((one) => one.day === day);
};
const codesOf = async (id: string) => {
  const rows = await db.select({ code: auditRow.code }).from(auditRow).where(eq(auditRow.subjectId, id));
  return rows.map(({ code }) => code);
};

describe('a day of a side’s calendar', () => {
  test('moves what is counted in working days, and is taken out again', async () => {
    expect(await workingDaysAfter(db, 'ru', '2027-07-15', 1)).toBe('2027-07-16');
    await add(administrator, '2027-07-16');
    const added = await on('2027-07-16');
    if (!added) throw new Error('No day');
    expect(await workingDaysAfter(db, 'ru', '2027-07-15', 1)).toBe('2027-07-19');
    expect(await workingDaysAfter(db, 'in', '2027-07-15', 1)).toBe('2027-07-16');
    await removeCalendarDay(db, administrator, added.id);
    expect(await workingDaysAfter(db, 'ru', '2027-07-15', 1)).toBe('2027-07-16');
    expect(await codesOf(added.id)).toEqual(['people.calendarDayAdded', 'people.calendarDayRemoved']);
  });

  test('is changed by an administrator of that side alone', async () => {
    await add(administrator, '2027-07-20');
    const { id = '' } = (await on('2027-07-20')) ?? {};
    for (const actor of [indian, coordinator]) {
      await expect(add(actor, '2027-07-21')).rejects.toMatchObject({ code: 'forbidden' });
      await expect(removeCalendarDay(db, actor, id)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await on('2027-07-21')).toBeUndefined();
    expect(await on('2027-07-20')).toBeDefined();
  });

  test('is there once, whoever enters it twice, and gone once', async () => {
    const came = await Promise.allSettled([
      add(administrator, '2027-07-22'),
      add(administrator, '2027-07-22'),
    ]);
    const refused = came.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { fields: { day: ['people.dayTwice'] } } });
    const { id = '' } = (await on('2027-07-22')) ?? {};
    await removeCalendarDay(db, administrator, id);
    await expect(removeCalendarDay(db, administrator, id)).rejects.toMatchObject({
      code: 'stale',
      reason: 'people.dayGone',
    });
  });

  test('is not entered as worked where it is worked anyway', async () => {
    await expect(add(administrator, '2027-07-23', 'working')).rejects.toMatchObject({
      fields: { kind: ['people.dayWorkedAnyway'] },
    });
    await add(administrator, '2027-07-24', 'working');
    expect(await workingDaysAfter(db, 'ru', '2027-07-23', 1)).toBe('2027-07-24');
  });

  test('is not entered without its record', async () => {
    await db.$client.query(
      `create function refuse_row() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
       create trigger refuse_row before insert on audit_row for each row execute function refuse_row()`,
    );
    await expect(add(administrator, '2027-07-30')).rejects.toThrow();
    await db.$client.query('drop trigger refuse_row on audit_row; drop function refuse_row()');
    const days = await db.select().from(calendarDay).where(eq(calendarDay.day, '2027-07-30'));
    expect(days).toEqual([]);
  });
});
