import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { createVerifiedAccount } from '#app/people/create-verified-account.ts';
import { searchText } from '#app/people/search-text.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { importTheses } from '#app/supervision/import-theses.ts';
import type { Db } from '#db/client.server.ts';
import { institution, person, type Role, roleGrant } from '#db/schema/people.ts';

import { demoPassword } from './visitor.ts';

/** Codes of the institutions every installation has. */
export type InstitutionCode = 'IITISM' | 'TEXMIN' | 'GIREDMET' | 'OTHER';

/** Adds a person with the roles at their institution, as the actor they are once signed in. */
export async function addPerson(
  db: Db,
  code: InstitutionCode,
  roles: Role[],
  email = `${uuidv7()}@test.example`,
): Promise<PersonActor> {
  const [at] = await db.select().from(institution).where(eq(institution.code, code));
  if (!at) throw new Error(`There is no institution ${code}`);
  const locale = at.side === 'ru' ? 'ru' : 'en';
  const [given = 'Test', family = 'Person'] = email.split('@')[0]?.split('.') ?? [];
  const name = { givenName: capital(given), familyName: capital(family) };
  const values = { ...name, email, locale, timeZone: at.timeZone, institutionId: at.id } as const;
  const [added] = await db
    .insert(person)
    .values({ ...values, search: searchText(values) })
    .returning();
  if (!added) throw new Error('The person was not inserted');
  if (roles.length > 0) {
    await db
      .insert(roleGrant)
      .values(
        roles.map((role) => ({ personId: added.id, institutionId: at.id, role, validFrom: '2020-01-01' })),
      );
  }
  return {
    kind: 'person',
    personId: added.id,
    accountId: uuidv7(),
    institutionId: at.id,
    side: at.side,
    grants: roles.map((role) => ({ role, institutionId: at.id, side: at.side, effect: 'allow' })),
    locale,
    timeZone: at.timeZone,
    confirmedAt: new Date(),
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export type ThesisPeople = { candidate: PersonActor; supervisor: PersonActor; coSupervisor: PersonActor };

/**
 * Adds a thesis of an Indian candidate, with a supervisor of Dhanbad and a co-supervisor of Moscow.
 *
 * @returns its reference and its three people
 */
export async function addThesis(
  db: Db,
  options: { names?: Partial<Record<keyof ThesisPeople, string>>; title?: { en: string; ru: string } } = {},
): Promise<ThesisPeople & { reference: string }> {
  const { names = {}, title = { en: 'Tailings recovery', ru: '' } } = options;
  const addressOf = (who: keyof ThesisPeople) => names[who] ?? `${uuidv7()}@test.example`;
  const emails = {
    candidate: addressOf('candidate'),
    supervisor: addressOf('supervisor'),
    coSupervisor: addressOf('coSupervisor'),
  };
  const people = {
    candidate: await addPerson(db, 'IITISM', ['student'], emails.candidate),
    supervisor: await addPerson(db, 'TEXMIN', ['supervisor'], emails.supervisor),
    coSupervisor: await addPerson(db, 'GIREDMET', ['supervisor'], emails.coSupervisor),
  };
  const { imported, problems } = await importTheses(
    db,
    system('test'),
    [
      {
        row: 2,
        ...emails,
        area: 'tailings-recovery',
        titleEn: title.en,
        titleRu: title.ru,
        starts: '2024-01-01',
        expectedDefence: '2028-01-01',
      },
    ],
    new Date('2026-11-21T10:00:00Z'),
  );
  const [reference] = imported;
  if (!reference) throw new Error(`The thesis was not imported: ${JSON.stringify(problems)}`);
  return { ...people, reference };
}

/** Gives a person a way to sign in with the password of all test accounts. */
export async function addAccount(db: Db, actor: PersonActor): Promise<string> {
  const [found] = await db.select({ email: person.email }).from(person).where(eq(person.id, actor.personId));
  const email = found?.email ?? '';
  const { personId, locale, timeZone } = actor;
  await createVerifiedAccount(db, { email, password: demoPassword, personId, locale, timeZone });
  return email;
}
