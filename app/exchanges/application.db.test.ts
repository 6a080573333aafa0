import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { application } from '#db/schema/exchanges.ts';
import { auditRow, delivery } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addCall, addExchangePeople } from '#tests/support/exchange.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { exchangeRecord } from './record-queries.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const { homeCoordinator } = people;
const now = new Date('2026-11-21T10:00:00Z');
const call = await addCall(db, people, now);

const newStudent = () => addPerson(db, 'IITISM', ['student']);
const _rowOf = async (reference: string) => {
  const [row] = await db.select().from(application).where(eq(application.reference, reference));
  if (!row) throw new Error(`no ${reference}`);
  return row;
};
const _auditCodes = async (id: string) => {
  const rows = await db
    .select({ code: auditRow.code })
    .from(auditRow)
    .where(and(eq(auditRow.subjectType, 'application'), eq(auditRow.subjectId, id)));
  return rows.map((row) => row.code).filter((code) => code.startsWith('application.'));
};
const _toldBy = async (cause: string) => {
  const rows = await db
    .select()
    .from(delivery)
    .where(and(eq(delivery.cause, cause), eq(delivery.channel, 'inbox')));
  return rows.map((row) => row.personId);
};
const _submitted = async () => {
  const student = await newStudent();
  return { student, ...(await addApplication(db, student, call, now)) };
};
it('is a draft that the applicant alone sees', async () => {
  const student = await newStudent();
  const draft = await addApplication(db, student, call, now, { submit: false });
  await expect(exchangeRecord(db, homeCoordinator, draft.reference)).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await exchangeRecord(db, student, draft.reference)).toMatchObject({ own: true });
});
