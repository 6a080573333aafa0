import { expect, test } from 'vitest';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

const portal = await usePortal({ jobs: false, demo: true });

/** Bodies that call themselves forms and are none. */
const BROKEN = {
  'broken off in a part': '--mark\r\nContent-Disposition: form-data; name="email"\r\n\r\nhalf',
  'without its mark': 'email=someone',
  empty: '',
};

const form = (body: string) => ({
  method: 'POST',
  body,
  headers: { 'Content-Type': 'multipart/form-data; boundary=mark' },
});

test.each(Object.entries(BROKEN))('a form %s is told so in the reader’s language', async (_, body) => {
  for (const path of ['/sign-in', '/forgot-password', '/verify-email']) {
    const english = await portal.visitor('en').request(path, form(body));
    expect([path, english.status]).toEqual([path, 400]);
    expect(english.text).toContain('The form did not arrive whole');
    const russian = await portal.visitor('ru').request(path, form(body));
    expect([path, russian.status]).toEqual([path, 400]);
    expect(russian.text).toContain('Форма получена не полностью');
  }
});

test('behind the door too', async () => {
  const coordinator = portal.visitor('ru');
  const someone = await addPerson(portal.db, 'GIREDMET', ['coordinator', 'protocol']);
  await coordinator.signIn(await addAccount(portal.db, someone));
  for (const path of ['/delegations/new', '/delegations/events/new', '/campaigns/new', '/account']) {
    const answer = await coordinator.request(path, form(BROKEN['broken off in a part']));
    expect([path, answer.status]).toEqual([path, 400]);
    expect(answer.text).toContain('Форма получена не полностью');
  }
});
