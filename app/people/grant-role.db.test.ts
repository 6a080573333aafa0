import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { Refusal } from '#app/platform/outcome.ts';
import { type Role, roleGrant } from '#db/schema/people.ts';
import { auditRow } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson, type InstitutionCode } from '#tests/support/thesis.ts';
import { grantRole } from './grant-role.ts';
import { revokeGrant } from './revoke-grant.ts';

const { db } = await useDatabase();
const administrator = await addPerson(db, 'IITISM', ['institution-admin']);
const colleague = await addPerson(db, 'IITISM', ['institution-admin']);
const across = await addPerson(db, 'GIREDMET', ['institution-admin']);
const coordinator = await addPerson(db, 'IITISM', ['coordinator']);
const platformAdmin = await addPerson(db, 'OTHER', ['platform-admin']);
const someone = (code: InstitutionCode = 'IITISM') => addPerson(db, code, []);

const give = (
  actor: PersonActor,
  to: PersonActor,
  role: Role,
  more: { at?: PersonActor; until?: string } = {},
) =>
  grantRole(db, actor, {
    personId: to.personId,
    institutionId: (more.at ?? actor).institutionId,
    role,
    validUntil: more.until ?? null,
  });
const grantsOf = ({ personId }: PersonActor) =>
  db.select().from(roleGrant).where(eq(roleGrant.personId, personId));
const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error) => {
      if (error instanceof Refusal) return `${error.code} ${error.reason}`;
      throw error;
    },
  );

describe('a role', () => {
  test('is given at one’s own institution, written down with who gave it', async () => {
    const person = await someone();
    await give(administrator, person, 'coordinator', { until: '2999-12-31' });
    expect(await grantsOf(person)).toMatchObject([
      { role: 'coordinator', side: 'in', grantedBy: administrator.personId, validUntil: '2999-12-31' },
    ]);
    const rows = await db.select().from(auditRow).where(eq(auditRow.subjectId, person.personId));
    expect(rows).toMatchObject([{ code: 'people.granted', actorId: administrator.personId }]);
  });

  test('is not given at another institution, to another’s people, or by who administers nothing', async () => {
    const person = await someone();
    expect(await outcome(give(administrator, person, 'expert', { at: across }))).toBe(
      'forbidden people.grantNotYours',
    );
    expect(await outcome(give(coordinator, person, 'expert'))).toBe('forbidden people.grantNotYours');
    expect(await outcome(give(across, person, 'expert'))).toBe('not-found notFound');
    expect(await outcome(give(platformAdmin, person, 'expert'))).toBe('not-found notFound');
    expect(await outcome(give(administrator, await someone('TEXMIN'), 'expert'))).toBe('not-found notFound');
    expect(await grantsOf(person)).toEqual([]);
  });

  test('is never given to oneself, also not past the portal', async () => {
    expect(await outcome(give(administrator, administrator, 'coordinator'))).toBe(
      'forbidden people.grantNotYours',
    );
    const { personId, institutionId } = administrator;
    const past = db
      .insert(roleGrant)
      .values({ personId, institutionId, role: 'expert', grantedBy: personId });
    await expect(past).rejects.toMatchObject({ cause: { constraint: 'role_grant_not_self' } });
  });

  test('of the platform administrator is nobody’s to give', async () => {
    expect(await outcome(give(administrator, await someone(), 'platform-admin'))).toBe(
      'forbidden people.grantTooMuch',
    );
  });

  test('is not given under a denied grant', async () => {
    const [grant] = administrator.grants;
    if (!grant) throw new Error('no grant');
    const denied = { ...administrator, grants: [grant, { ...grant, effect: 'deny' as const }] };
    expect(await outcome(give(denied, await someone(), 'expert'))).toBe('not-found notFound');
  });

  test('stands once, also when two give it at the same time, and lies on one side', async () => {
    const person = await someone();
    const both = await Promise.all(
      [administrator, colleague].map((actor) => outcome(give(actor, person, 'expert'))),
    );
    expect(both.sort()).toEqual(['done', 'invalid people.grantTwice']);

    const { personId } = person;
    await db.insert(roleGrant).values({ personId, institutionId: across.institutionId, role: 'supervisor' });
    expect(await outcome(give(administrator, person, 'coordinator'))).toBe('invalid people.grantOtherSide');
    // What decides nothing may lie anywhere.
    expect(await outcome(give(administrator, person, 'observer'))).toBe('done');
    const rows = await grantsOf(person);
    expect(rows.map(({ role }) => role).sort()).toEqual(['expert', 'observer', 'supervisor']);
  });

  test('does not end before it begins', async () => {
    expect(await outcome(give(administrator, await someone(), 'expert', { until: '2001-01-01' }))).toBe(
      'invalid people.grantDates',
    );
  });
});

describe('taking a role away', () => {
  async function granted() {
    const person = await someone();
    await give(administrator, person, 'reviewer');
    const [grant] = await grantsOf(person);
    if (!grant) throw new Error('no grant');
    const take = (actor: PersonActor, personId = person.personId) =>
      outcome(revokeGrant(db, actor, { personId, grantId: grant.id }));
    return { person, take };
  }

  test('leaves it on record with who ended it, and a second time says that it was', async () => {
    const { person, take } = await granted();
    expect(await take(colleague)).toBe('done');
    expect(await grantsOf(person)).toMatchObject([
      { revokedBy: colleague.personId, revokedAt: expect.any(Date) },
    ]);
    expect(await take(administrator)).toBe('stale stale');
    expect(await outcome(give(administrator, person, 'reviewer'))).toBe('done');
  });

  test('of two at the same time is done by one', async () => {
    const { take } = await granted();
    expect((await Promise.all([take(administrator), take(colleague)])).sort()).toEqual([
      'done',
      'stale stale',
    ]);
  });

  test('is not another’s, nor of a person the grant does not belong to', async () => {
    const { take } = await granted();
    expect(await take(coordinator)).toBe('forbidden people.grantNotYours');
    expect(await take(across)).toBe('not-found notFound');
    expect(await take(administrator, (await someone()).personId)).toBe('not-found notFound');
    expect(await take(administrator, uuidv7())).toBe('not-found notFound');
  });

  test('is not one’s own', async () => {
    const [own] = await grantsOf(administrator);
    const { personId } = administrator;
    expect(await outcome(revokeGrant(db, administrator, { personId, grantId: own?.id ?? '' }))).toBe(
      'forbidden people.grantNotYours',
    );
  });
});
