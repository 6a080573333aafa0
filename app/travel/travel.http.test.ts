import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createVerifiedAccount } from '#app/people/create-verified-account.ts';
import { institution, person, session } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import type { Side } from '#db/schema/shared.ts';
import { usePortal } from '#tests/support/portal.ts';
import { demoPassword } from '#tests/support/visitor.ts';

// The Russian side's vault is away; nobody listens on port 1.
const portal = await usePortal({ jobs: false, env: { VAULT_RU_URL: 'postgres://nobody@127.0.0.1:1/vault' } });
const passport = {
  number: 'z1234567',
  nationality: 'Indian',
  issued: '2022-05-02',
  validUntil: '2045-05-01',
};

async function traveller(email: string, side: Side | null): Promise<string> {
  const name = { en: email, ru: email };
  const [place] = await portal.db
    .insert(institution)
    .values({ code: email, name, shortName: name, side, timeZone: 'UTC' })
    .returning();
  const [human] = await portal.db
    .insert(person)
    .values({ institutionId: place?.id ?? '', givenName: 'Deepika', familyName: 'Kumari' })
    .returning();
  const personId = human?.id ?? '';
  await createVerifiedAccount(portal.db, {
    email,
    password: demoPassword,
    personId,
    locale: 'en',
    timeZone: 'UTC',
  });
  return personId;
}

const revealed = async (personId: string) => {
  const rows = await portal.db.select().from(auditRow).where(eq(auditRow.code, 'vault.revealed'));
  return rows.filter((row) => row.subjectId === personId).length;
};

test('a stranger is led to the door', async () => {
  const answer = await portal.visitor().get('/travel', { follow: false });
  expect(answer.location).toBe('/sign-in?next=%2Ftravel');
});

test('a passport is entered, masked, and shown on demand with a record of the look', async () => {
  const personId = await traveller('deepika@iit.example', 'in');
  const visitor = portal.visitor();
  await visitor.signIn('deepika@iit.example');
  const wrong = await visitor.post('/travel/passport', { ...passport, number: '??', issued: '2099-01-01' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Give 5 to 20 Latin letters');
  expect(wrong.text).toContain('value="Indian"');

  const kept = await visitor.post('/travel/passport', passport);
  expect(kept.url).toBe(`${portal.url}/travel`);
  expect(kept.text).toContain('Your passport is in the vault.');
  expect(kept.text).toContain('1\u00a0May\u00a02045');
  expect(kept.text).not.toContain('Z1234567');
  expect(await revealed(personId)).toBe(0);

  const shown = await visitor.post('/travel');
  expect(shown.text).toContain('Z1234567');
  expect(shown.headers.get('cache-control')).toBe('private, no-store');
  expect(await revealed(personId)).toBe(1);
});

test('the password is asked again after a while, and what was typed is not lost to it', async () => {
  const personId = await traveller('slow@iit.example', 'in');
  const visitor = portal.visitor();
  await visitor.signIn('slow@iit.example');
  await visitor.post('/travel/passport', passport);
  await portal.db.update(session).set({ confirmedAt: sql`now() - interval '16 minutes'` });
  // Another session of the same account is looked up afresh.
  const later = portal.visitor();
  await later.signIn('slow@iit.example');
  await portal.db.update(session).set({ confirmedAt: sql`now() - interval '16 minutes'` });
  const reveal = await later.post('/travel', {}, { follow: false });
  expect(reveal.location).toBe('/account/confirm?next=%2Ftravel');
  const again = await later.post('/travel/passport', { ...passport, nationality: 'Indian, kept' });
  expect(again.status).toBe(403);
  expect(again.text).toContain('value="Indian, kept"');
  expect(again.text).toContain('Confirm the password in a new tab');
  expect(await revealed(personId)).toBe(0);
});

test('the portal works while a vault is away, and says so in the reader’s language', async () => {
  await traveller('olga@giredmet.example', 'ru');
  const visitor = portal.visitor('ru');
  await visitor.signIn('olga@giredmet.example');
  const page = await visitor.get('/travel?lng=ru');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Хранилище не отвечает');
  const refused = await visitor.post('/travel/passport', passport);
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('Хранилище личных документов сейчас не отвечает');
  expect(refused.text).toContain('value="z1234567"');
  expect((await visitor.get('/home')).status).toBe(200);
});

test('people of neither side are told plainly', async () => {
  await traveller('guest@elsewhere.example', null);
  const visitor = portal.visitor();
  await visitor.signIn('guest@elsewhere.example');
  expect((await visitor.get('/travel')).text).toContain('belongs to neither');
  expect((await visitor.post('/travel/passport', passport)).text).toContain('belongs to neither side');
});
