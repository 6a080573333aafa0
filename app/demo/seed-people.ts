import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inArray } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { createVerifiedAccount } from '#app/people/create-verified-account.ts';
import { importPeople } from '#app/people/import-people.ts';
import { loadActor } from '#app/people/load-actor.ts';
import { institutions } from '#app/people/queries.ts';
import { readPeople } from '#app/people/read-people.ts';
import { searchText } from '#app/people/search-text.ts';
import { type PersonActor, system } from '#app/platform/actor.ts';
import { readTable } from '#app/platform/table.ts';
import type { Db } from '#db/client.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { person, roleGrant } from '#db/schema/people.ts';
import { addressOf, DEMO_PEOPLE } from './people.ts';

/** A table as it was received, from `db/seed/data`. */
export const received = (name: string) =>
  readTable(readFileSync(path.join(projectRoot, 'db/seed/data', name)));

/** Acts as one of the people who can sign in. */
export type Cast = (name: string) => PersonActor;

/** The 240 imported people, who have no account, and those who can sign in; answers the latter as actors. */
export async function seedPeople(db: Db, password: string): Promise<Cast> {
  const cast = new Map<string, PersonActor>();
  const places = new Map((await institutions(db)).map((place) => [place.code, place]));
  const everywhere = new Map([...places].map(([code, { id }]) => [code, { id, mayAdd: true }]));
  const { people, problems } = readPeople(received('people.csv'), everywhere);
  if (problems.length > 0) throw new Error(`people.csv: ${JSON.stringify(problems[0])}`);
  await importPeople(db, system('demo'), people);
  await addReviewers(db);
  for (const who of DEMO_PEOPLE) {
    const place = places.get(who.institution);
    if (!place) throw new Error(`no institution ${who.institution}`);
    const { name, role, institution: _, also, side, ...facts } = who;
    const id = uuidv7();
    const locale = side === 'ru' ? 'ru' : 'en';
    const timeZone = side === 'ru' ? 'Europe/Moscow' : 'Asia/Kolkata';
    const email = addressOf(name);
    await db.insert(person).values({
      ...facts,
      id,
      institutionId: place.id,
      organisation: side === null ? 'Setu–Most' : null,
      cyrillicSpelling: 'confirmed',
      email,
      locale,
      timeZone,
      occupation: role === 'institution-admin' || role === 'platform-admin' ? null : role,
      search: searchText({ ...facts, email }),
    });
    const held = [place, ...(also ? [places.get(also)] : [])].flatMap((at) => at?.id ?? []);
    // A supervisor also reviews for the committee.
    const roles = role === 'supervisor' ? ([role, 'reviewer'] as const) : [role];
    await db
      .insert(roleGrant)
      .values(
        held.flatMap((institutionId) => roles.map((one) => ({ personId: id, institutionId, role: one }))),
      );
    const accountId = await createVerifiedAccount(db, { email, password, personId: id, locale, timeZone });
    const actor = await loadActor(db, accountId);
    if (actor) cast.set(name, actor);
  }
  return (name) => {
    const actor = cast.get(name);
    if (!actor) throw new Error(`nobody in the demo is called ${name}`);
    return actor;
  };
}

/** Of the imported people, those who are asked for reviews. */
export const REVIEWERS = ['joseph.sahu@iitism.example', 'dmitrii.zhukov@giredmet.example'] as const;

async function addReviewers(db: Db): Promise<void> {
  const people = await db
    .select({ personId: person.id, institutionId: person.institutionId })
    .from(person)
    .where(inArray(person.email, [...REVIEWERS]));
  await db.insert(roleGrant).values(people.map((one) => ({ ...one, role: 'reviewer' as const })));
}
