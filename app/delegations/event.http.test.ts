import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { event } from '#db/schema/delegations.ts';
import { institution } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ demo: true });
const { db } = portal;

const idOf = async (code: string) => {
  const [row] = await db.select({ id: institution.id }).from(institution).where(eq(institution.code, code));
  return row?.id ?? '';
};
const planned = async () => (await db.select({ reference: event.reference }).from(event)).length;

async function hostCoordinator() {
  const visitor = portal.visitor('ru');
  await visitor.signIn(await addAccount(db, await addPerson(db, 'GIREDMET', ['coordinator'])));
  return visitor;
}

const form = async (changed: Record<string, string> = {}) => ({
  reference: 'raremet-2027',
  'title.en': 'RAREMET-2027',
  'title.ru': 'RAREMET-2027',
  'summary.en': 'Three days of sections.',
  'summary.ru': 'Три дня секций.',
  'city.en': 'Moscow',
  'city.ru': 'Москва',
  'venue.en': 'Main hall',
  'venue.ru': 'Большой зал',
  institution: await idOf('GIREDMET'),
  startsOn: '2027-05-19',
  endsOn: '2027-05-21',
  ...changed,
});

test('the host announces an event once, in both languages, and it stands in the log', async () => {
  const host = await hostCoordinator();
  const made = await host.post('/delegations/events/new', await form());
  expect([made.status, new URL(made.url).pathname]).toEqual([200, '/events/RAREMET-2027']);
  const [row] = await db.select().from(event).where(eq(event.reference, 'RAREMET-2027'));
  expect(row).toMatchObject({ timeZone: 'Europe/Moscow', startsOn: '2027-05-19' });
  expect(await db.select().from(auditRow).where(eq(auditRow.code, 'event.planned'))).toHaveLength(1);
  const again = await host.post('/delegations/events/new', await form());
  expect([again.status, again.text.includes('Такое краткое имя уже есть')]).toEqual([422, true]);
  expect(again.text).toContain('Большой зал');
});

test('what does not fit changes nothing and says why', async () => {
  const host = await hostCoordinator();
  const before = await planned();
  const cases: [Record<string, string>, string][] = [
    [{ reference: 'X Y', startsOn: '2027-05-19' }, 'латинских букв, цифр и дефисов'],
    [{ reference: 'BACK-1', endsOn: '2027-05-18' }, 'Последний день раньше первого'],
    [{ reference: 'HALF-1', 'title.ru': '' }, 'заполните это поле'],
    [{ reference: 'DAY-1', startsOn: '2027-02-30' }, 'существующую дату'],
  ];
  for (const [changed, sentence] of cases) {
    const answer = await host.post('/delegations/events/new', await form(changed));
    expect(answer.status).toBe(422);
    expect(answer.text.toLowerCase()).toContain(sentence.toLowerCase());
  }
  const other = await host.post(
    '/delegations/events/new',
    await form({ reference: 'OTHER-1', institution: await idOf('IITISM') }),
  );
  expect(other.status).toBe(403);
  expect(await planned()).toBe(before);
});
