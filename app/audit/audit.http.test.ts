import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createVerifiedAccount } from '#app/people/create-verified-account.ts';
import { sealAll } from '#app/platform/audit-seal.server.ts';
import { account, institution, person, type Role, roleGrant } from '#db/schema/people.ts';
import { auditSeal } from '#db/schema/platform.ts';
import { usePortal } from '#tests/support/portal.ts';
import { demoPassword, type Visitor } from '#tests/support/visitor.ts';

const portal = await usePortal({ jobs: false });

async function signedIn(email: string, role: Role | null, lng: 'en' | 'ru' = 'en'): Promise<Visitor> {
  const name = { en: email, ru: email };
  const [place] = await portal.db
    .insert(institution)
    .values({ code: email, name, shortName: name, side: 'ru', timeZone: 'UTC' })
    .returning();
  const institutionId = place?.id ?? '';
  const [human] = await portal.db
    .insert(person)
    .values({ institutionId, givenName: 'Olga', familyName: 'Vorobyova', locale: lng })
    .returning();
  const personId = human?.id ?? '';
  if (role) await portal.db.insert(roleGrant).values({ personId, institutionId, role });
  await createVerifiedAccount(portal.db, {
    email,
    password: demoPassword,
    personId,
    locale: lng,
    timeZone: 'UTC',
  });
  const visitor = portal.visitor(lng);
  await visitor.signIn(email);
  // Whoever decides has a second factor; setting it up is tested where it belongs.
  await portal.db.update(account).set({ twoFactorEnabled: true }).where(eq(account.email, email));
  return visitor;
}

test('the log is closed to those who hold no office', async () => {
  const visitor = await signedIn('student@giredmet.example', 'student');
  expect((await visitor.get('/audit')).status).toBe(403);
  expect((await visitor.post('/audit')).status).toBe(403);
});

test('a coordinator reads what was done at their institution, and verifies nothing', async () => {
  const visitor = await signedIn('coordinator@giredmet.example', 'coordinator', 'ru');
  const page = await visitor.get('/audit');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Учётная запись связана с человеком');
  expect(page.text).not.toContain('Проверить журнал');
  expect((await visitor.post('/audit')).status).toBe(403);
});

test('the platform administrator verifies the log, and the first broken record is named', async () => {
  const visitor = await signedIn('platform@giredmet.example', 'platform-admin');
  await sealAll(portal.db);
  const whole = await visitor.post('/audit');
  expect(whole.text).toContain('The log is whole');

  const [third] = await portal.db.select().from(auditSeal).where(sql`sequence = 3`);
  await portal.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`update audit_row set actor_id = 'nobody' where id = ${third?.auditId}`);
  });
  const broken = await visitor.post('/audit');
  expect(broken.text).toContain('The log has been tampered with');
  expect(broken.text).toContain('Record no.\u00a03 of the chain was changed');
  expect(broken.text).toContain(third?.auditId);
  expect(broken.text).toContain('not chained yet');
});
