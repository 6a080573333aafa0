import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { account, institution, person, roleGrant } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { appointAdministrator } from './appoint-administrator.ts';
import { createVerifiedAccount } from './create-verified-account.ts';

const { db } = await useDatabase();

async function someone(email: string): Promise<string> {
  const [place] = await db.select().from(institution).where(eq(institution.code, 'GIREDMET'));
  const [row] = await db
    .insert(person)
    .values({ institutionId: place?.id ?? '', givenName: 'Inna', familyName: 'Test', email })
    .returning();
  const personId = row?.id ?? '';
  await createVerifiedAccount(db, {
    email,
    password: 'a-long-password',
    personId,
    locale: 'ru',
    timeZone: 'UTC',
  });
  return personId;
}

it('appoints who has verified an address, once, and writes it into the log', async () => {
  const personId = await someone('first@giredmet.example');
  const appoint = () =>
    appointAdministrator(db, {
      email: 'first@giredmet.example',
      role: 'institution-admin',
      institution: 'GIREDMET',
    });
  expect(await appoint()).toBeNull();
  expect(await appoint()).toBe('standing');
  const grants = await db.select().from(roleGrant).where(eq(roleGrant.personId, personId));
  expect(grants.map(({ role, side, grantedBy }) => ({ role, side, grantedBy }))).toEqual([
    { role: 'institution-admin', side: 'ru', grantedBy: null },
  ]);
  const rows = await db.select().from(auditRow).where(eq(auditRow.code, 'people.granted'));
  expect(rows.map(({ actorKind, subjectId }) => ({ actorKind, subjectId }))).toEqual([
    { actorKind: 'system', subjectId: personId },
  ]);
});

it('appoints nobody who decides for the other side', async () => {
  const personId = await someone('third@giredmet.example');
  const [moscow] = await db.select().from(institution).where(eq(institution.code, 'GIREDMET'));
  await db.insert(roleGrant).values({ personId, institutionId: moscow?.id ?? '', role: 'coordinator' });
  const input = {
    email: 'third@giredmet.example',
    role: 'institution-admin',
    institution: 'IITISM',
  } as const;
  expect(await appointAdministrator(db, input)).toBe('other-side');
});

it('appoints nobody whose address is unverified or unknown, and nowhere that is not', async () => {
  await someone('second@giredmet.example');
  await db.update(account).set({ emailVerified: false }).where(eq(account.email, 'second@giredmet.example'));
  const appoint = (email: string, code: string) =>
    appointAdministrator(db, { email, role: 'platform-admin', institution: code });
  expect(await appoint('second@giredmet.example', 'GIREDMET')).toBe('no-account');
  expect(await appoint('nobody@giredmet.example', 'GIREDMET')).toBe('no-account');
  expect(await appoint('first@giredmet.example', 'NOWHERE')).toBe('no-institution');
});
