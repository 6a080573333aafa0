import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { delegate, delegation } from '#db/schema/delegations.ts';
import { auditRow, vaultFact } from '#db/schema/platform.ts';
import { trip } from '#db/schema/travel.ts';
import { addDelegation } from '#tests/support/delegation.ts';
import { usePortal } from '#tests/support/portal.ts';
import { addAccount, addPerson } from '#tests/support/thesis.ts';

// The Indian side's vault is away; nobody listens on port 1.
const portal = await usePortal({
  demo: true,
  env: { VAULT_IN_URL: 'postgres://nobody@127.0.0.1:1/vault' },
});
const { db } = portal;

test('a vault that is away is said in the reader’s language, and no look is claimed', async () => {
  const reference = await addDelegation(db);
  const officer = await addPerson(db, 'IITISM', ['protocol']);
  const traveller = await addPerson(db, 'TEXMIN', []);
  const [of] = await db.select().from(delegation).where(eq(delegation.reference, reference));
  if (!of) throw new Error('no delegation');
  const [one] = await db
    .insert(delegate)
    .values({ delegationId: of.id, personId: traveller.personId, role: 'head', employer: 'TEXMIN' })
    .returning();
  const days = { startsOn: '2026-05-19', endsOn: '2026-05-23', eraseOn: '2026-05-24' };
  const [journey] = await db
    .insert(trip)
    .values({
      personId: traveller.personId,
      subjectType: 'delegate',
      subjectId: one?.id ?? '',
      path: '/',
      title: { en: 'x', ru: 'x' },
      homeInstitutionId: of.homeInstitutionId,
      homeSide: of.homeSide,
      hostInstitutionId: of.hostInstitutionId,
      hostSide: of.hostSide,
      purpose: 'attend',
      visaRoute: 'e-visa',
      ...days,
    })
    .returning();
  await db.insert(vaultFact).values({
    personId: traveller.personId,
    side: 'in',
    field: `trip-papers:${journey?.id}`,
    vaultRecordId: crypto.randomUUID(),
    eraseOn: days.eraseOn,
  });
  const visitor = portal.visitor('ru');
  await visitor.signIn(await addAccount(db, officer));
  const page = await visitor.get(`/delegations/${reference}/visa-support?lng=ru`);
  expect(page.text).toContain('Хранилище не отвечает');
  expect(page.text).not.toContain('Показать паспорта и скачать список');
  // Asked all the same, by a page that was open before.
  const answer = await visitor.post(`/delegations/${reference}/papers/visa.xlsx`);
  expect(new URL(answer.url).pathname).toBe(`/delegations/${reference}/visa-support`);
  expect(answer.text).toContain('Хранилище личных документов сейчас не отвечает');
  expect(await db.select().from(auditRow).where(eq(auditRow.code, 'vault.revealed'))).toEqual([]);
});
