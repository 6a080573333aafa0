import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { composeMessage, messagesByCode } from '#app/platform/compose-message.server.ts';
import { log } from '#app/platform/log.server.ts';
import { application } from '#db/schema/exchanges.ts';
import { person } from '#db/schema/people.ts';
import { file } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addApplication, addCall, addDocument, addExchangePeople } from '#tests/support/exchange.ts';
import { eraseUnclaimed, refreshSearch } from './jobs.ts';
import { messages, stepMessages } from './messages.ts';

const { db } = await useDatabase();
const people = await addExchangePeople(db);
const now = new Date();
const call = await addCall(db, people, now);
const { id, reference } = await addApplication(db, people.student, call, now);
const context = { db, log, signal: new AbortController().signal };

describe('nightly', () => {
  it('the search text follows the name of the person', async () => {
    await db
      .update(person)
      .set({ search: 'kuznetsova кузнецова' })
      .where(eq(person.id, people.student.personId));
    await refreshSearch.handle({}, context);
    const [row] = await db.select().from(application).where(eq(application.id, id));
    expect(row?.search).toBe(
      `${reference.toLowerCase()} solvent extraction of heavy rare earths kuznetsova кузнецова`,
    );
  });

  it('documents that nobody claimed for a month are erased, the others are kept', async () => {
    const [old, fresh] = [await addDocument(db, people.student), await addDocument(db, people.student)];
    const long = new Date(now.getTime() - 31 * 86_400_000);
    await db.update(file).set({ createdAt: long }).where(eq(file.id, old));
    await db.update(file).set({ createdAt: long }).where(eq(file.subjectId, id));
    await eraseUnclaimed.handle({}, context);
    const rows = await db
      .select({ id: file.id, erasedAt: file.erasedAt, subjectId: file.subjectId })
      .from(file);
    expect(rows.filter((row) => row.erasedAt !== null).map((row) => row.id)).toEqual([old]);
    expect(rows.find((row) => row.id === fresh)?.erasedAt).toBeNull();
  });
});

describe('messages', () => {
  it.each(Object.keys(stepMessages))(
    'of “%s” name the application and the call in either language, and nobody',
    async (event) => {
      const stored = { code: `exchanges.${event}`, params: { reference }, institutionId: null };
      const known = messagesByCode([{ messages }]);
      for (const [locale, title] of [
        ['en', 'Rare earths: stays at GIREDMET'],
        ['ru', 'Редкие земли: стажировки в Гиредмете'],
      ] as const) {
        const said = await composeMessage(db, known, stored, { locale, personId: null });
        expect(said?.path).toBe(`/exchanges/${reference}`);
        expect(said?.subject).toContain(reference);
        expect(said?.body).toContain(title);
        expect(`${said?.subject} ${said?.body} ${said?.action}`).not.toMatch(/\{\{|mail:|Student/);
      }
    },
  );
});
