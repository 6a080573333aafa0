import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { course } from '#db/schema/training.ts';
import { usePortal } from '#tests/support/portal.ts';
import { confirmPage } from '#tests/support/table-import.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ jobs: false, demo: true });
const { db } = portal;
const coordinator = portal.visitor();
await coordinator.signIn(await addAccount(db, await addPerson(db, 'GIREDMET', ['coordinator'])));
await coordinator.get('/home?lng=en');

const HEAD =
  'code,title_en,title_ru,area,language,mode,host,starts,ends,seats,quota_in,quota_ru,prerequisites';
const send = (...rows: string[]) =>
  coordinator.post('/training/import', { file: new File([[HEAD, ...rows].join('\n')], 'courses.csv') });
const there = async (code: string) => db.select().from(course).where(eq(course.code, code));

test('a list of courses is looked at, mended and imported once', async () => {
  const rows = [
    'H-1,Melting,Плавка,all,en,online,GIREDMET,2027-01-18,2027-01-20,10,4,4,',
    'H-2,Refining,Очистка,all,EN,online,giredmet,2027-02-18,2027-02-20,10,4,4,H-1',
    'H-3,Other,Другой,all,en,online,TEXMIN,2027-02-18,2027-02-20,10,4,4,',
  ];
  const page = await send(...rows);
  expect(page.text).toContain('Take this correction: GIREDMET');
  expect(page.text).toContain('1 row is of another host');
  const path = new URL(page.url).pathname;
  expect((await coordinator.post(path, { seal: '' })).status).toBe(409);
  const take = ['3.language.language', '3.host.host'];
  expect((await confirmPage(coordinator, path, { take })).text).toContain('2 runs were imported');
  expect([await there('H-2'), await there('H-3')].map(({ length }) => length)).toEqual([1, 0]);
  // Nothing waits, so the file is erased; sent again it brings nothing.
  expect((await coordinator.get(path)).status).toBe(409);
  expect((await send(...rows.slice(0, 1))).text).toContain('There is nothing to import');
});

test('what is no list of courses is refused where another can be chosen', async () => {
  const page = await coordinator.post('/training/import', {
    file: new File(['code,title_en\nX,Y'], 'x.csv'),
  });
  expect([page.status, page.text.includes('These columns are missing')]).toEqual([422, true]);
});
