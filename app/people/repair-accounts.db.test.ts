import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { account, institution, person, session } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { createVerifiedAccount } from './create-verified-account.ts';
import { repairAccounts } from './repair-accounts.ts';

const { db } = await useDatabase();
const past = new Date(Date.now() - 3_600_000);
const words = { en: 'A', ru: 'А' };

it('links, and writes down late, what the library committed before a crash', async () => {
  const [home] = await db
    .insert(institution)
    .values({ code: 'repair', name: words, shortName: words, timeZone: 'Asia/Kolkata' })
    .returning();
  const [lost] = await db
    .insert(account)
    .values({
      name: 'Jo Doe',
      email: 'lost@t.example',
      emailVerified: true,
      updatedAt: past,
      profile: { familyName: 'Doe', givenName: 'Jo', institution: 'repair' },
    })
    .returning();
  const accountId = lost?.id ?? '';
  const [open] = await db
    .insert(session)
    .values({ accountId, token: 'lost', expiresAt: new Date(Date.now() + 1000), createdAt: past })
    .returning();
  const [whole] = await db
    .insert(person)
    .values({ institutionId: home?.id ?? '', familyName: 'Whole' })
    .returning();
  await createVerifiedAccount(db, {
    email: 'whole@t.example',
    password: 'a long enough password',
    personId: whole?.id ?? '',
    locale: 'en',
    timeZone: 'Asia/Kolkata',
  });
  await db.update(account).set({ updatedAt: past });

  expect(await repairAccounts(db)).toBeGreaterThan(0);
  const [repaired] = await db.select().from(account).where(eq(account.id, accountId));
  expect(repaired?.personId).not.toBeNull();
  await db.update(account).set({ updatedAt: past });
  await repairAccounts(db);
  const late = (await db.select().from(auditRow)).filter((row) => row.facts.repaired === true);
  expect(late.map((row) => [row.code, row.subjectId]).sort()).toEqual(
    [
      ['people.addressVerified', accountId],
      ['people.signedIn', open?.id],
      ['people.signedUp', accountId],
    ].sort(),
  );
  expect(await repairAccounts(db)).toBe(0);
});
