import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { institution, person } from '#db/schema/people.ts';
import { version } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { type PersonActor, system } from './actor.ts';
import { Refusal } from './outcome.ts';
import {
  addVersion,
  currentVersion,
  signaturesOf,
  signVersion,
  type Version,
  versionsOf,
  voidSignatures,
} from './versions.server.ts';

const { db } = await useDatabase();

let india: PersonActor;
let russia: PersonActor;
let secondIndian: PersonActor;

beforeAll(async () => {
  india = await someone('IN', 'in');
  russia = await someone('RU', 'ru');
  secondIndian = { ...(await someone('IN2', 'in')), institutionId: india.institutionId };
});

async function someone(code: string, side: 'in' | 'ru'): Promise<PersonActor> {
  const name = { en: code, ru: code };
  const [place] = await db
    .insert(institution)
    .values({ code, name, shortName: name, side, timeZone: 'UTC' })
    .returning();
  const [human] = await db
    .insert(person)
    .values({ institutionId: place?.id ?? '', familyName: code })
    .returning();
  return {
    kind: 'person',
    personId: human?.id ?? '',
    accountId: uuidv7(),
    institutionId: place?.id ?? '',
    side,
    grants: [],
    locale: 'en',
    timeZone: 'UTC',
    confirmedAt: new Date(),
  };
}

const parties = () => [
  { institutionId: india.institutionId, capacity: 'signatory' },
  { institutionId: russia.institutionId, capacity: 'signatory' },
];

function add(subjectId: string, title: string, standing = false): Promise<Version> {
  const content = { title: { en: title, ru: title } };
  return db.transaction((tx) =>
    addVersion(tx, {
      subjectType: 'call',
      subjectId,
      schemaVersion: 1,
      content,
      createdBy: system('test'),
      standing,
    }),
  );
}

function sign(text: Version, actor: PersonActor, more: { hashShown?: string; capacity?: string } = {}) {
  const { hashShown = text.hash, capacity = 'signatory' } = more;
  return db.transaction((tx) =>
    signVersion(tx, {
      versionId: text.id,
      hashShown,
      actor,
      institutionId: actor.institutionId,
      capacity,
      locale: 'en',
      parties: [...parties(), { institutionId: india.institutionId, capacity: 'witness' }].slice(
        0,
        capacity === 'witness' ? 3 : 2,
      ),
    }),
  );
}

const code = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Refusal ? error.code : error;
};

describe('signing', () => {
  it('is complete when both parties have signed', async () => {
    const text = await add(uuidv7(), 'One');
    expect((await sign(text, india)).complete).toBe(false);
    expect((await sign(text, russia)).complete).toBe(true);
  });

  it('bears a double submit', async () => {
    const text = await add(uuidv7(), 'One');
    const [first, again] = await Promise.all([sign(text, india), sign(text, india)]);
    expect(again.signature.id).toBe(first.signature.id);
    expect(await signaturesOf(db, text.id)).toHaveLength(1);
  });

  it('is stale when another text was on the screen, or a new version came', async () => {
    const subject = uuidv7();
    const text = await add(subject, 'One');
    expect(await code(sign(text, india, { hashShown: 'f'.repeat(64) }))).toBe('stale');
    await add(subject, 'Two');
    expect(await code(sign(text, india))).toBe('stale');
  });

  it('takes one person in one capacity, one pen for each party, and nobody else', async () => {
    const text = await add(uuidv7(), 'One');
    await sign(text, india);
    expect(await code(sign(text, india, { capacity: 'witness' }))).toBe('forbidden');
    expect(await code(sign(text, secondIndian))).toBe('stale');
    expect(await code(sign(text, { ...russia, institutionId: uuidv7() }))).toBe('forbidden');
  });

  it('refuses a text whose content no longer has its hash', async () => {
    const text = await add(uuidv7(), 'One');
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx
        .update(version)
        .set({ content: { title: 'forged' } })
        .where(sql`id = ${text.id}`);
    });
    await expect(sign(text, india)).rejects.toThrow('does not have the content of its hash');
  });
});

describe('a voided signature', () => {
  it('stays to be seen, completes nothing and is not given again on the same version', async () => {
    const text = await add(uuidv7(), 'One');
    await sign(text, india);
    expect(await db.transaction((tx) => voidSignatures(tx, text.id, 'returned'))).toHaveLength(1);
    expect(await db.transaction((tx) => voidSignatures(tx, text.id, 'again'))).toEqual([]);
    expect((await sign(text, russia)).complete).toBe(false);
    expect(await code(sign(text, india))).toBe('stale');
    expect(await signaturesOf(db, text.id)).toMatchObject([{ voidedReason: 'returned' }, { voidedAt: null }]);
  });
});

describe('a new version', () => {
  it('supersedes what was signed and voids it visibly', async () => {
    const subject = uuidv7();
    const first = await add(subject, 'One');
    await sign(first, india);
    const second = await add(subject, 'Two');
    expect(second.number).toBe(2);
    expect((await currentVersion(db, 'call', subject))?.id).toBe(second.id);
    expect(await signaturesOf(db, first.id)).toMatchObject([{ voidedReason: 'superseded' }]);
  });

  it('leaves the text in force standing until all have signed its successor', async () => {
    const subject = uuidv7();
    const first = await add(subject, 'One');
    await sign(first, india);
    await sign(first, russia);
    const draft = await add(subject, 'Two', true);
    await sign(draft, india);
    const second = await add(subject, 'Three', true);
    const open = async () =>
      (await versionsOf(db, 'call', subject)).filter((v) => v.supersededAt === null).map((v) => v.number);
    expect(await open()).toEqual([1, 3]);
    await sign(second, india);
    expect(await signaturesOf(db, first.id)).toMatchObject([{ voidedAt: null }, { voidedAt: null }]);
    await sign(second, russia);
    expect(await open()).toEqual([3]);
    expect(await signaturesOf(db, first.id)).toMatchObject([
      { voidedReason: 'replaced' },
      { voidedReason: 'replaced' },
    ]);
  });

  it('gets its own number when two are written at once', async () => {
    const subject = uuidv7();
    const added = await Promise.all(['a', 'b', 'c', 'd'].map((title) => add(subject, title)));
    expect(added.map((v) => v.number).sort()).toEqual([1, 2, 3, 4]);
    const open = (await versionsOf(db, 'call', subject)).filter((v) => v.supersededAt === null);
    expect(open).toHaveLength(1);
  });
});

describe('the database', () => {
  it('keeps versions and signatures as they were written', async () => {
    const text = await add(uuidv7(), 'One');
    const { signature: given } = await sign(text, india);
    const refused = (statement: ReturnType<typeof sql>) =>
      expect(db.execute(statement)).rejects.toMatchObject({ cause: { code: '23001' } });
    await refused(sql`update version set content = '{}' where id = ${text.id}`);
    await refused(sql`update version set hash = 'x' where id = ${text.id}`);
    await refused(sql`delete from version where id = ${text.id}`);
    await refused(sql`update signature set locale = 'ru' where id = ${given.id}`);
    await refused(sql`delete from signature where id = ${given.id}`);
    await refused(sql`truncate version cascade`);
    await db.execute(sql`update version set superseded_at = now() where id = ${text.id}`);
    await refused(sql`update version set superseded_at = null where id = ${text.id}`);
    await db.execute(sql`update signature set voided_at = now(), voided_reason = 'x' where id = ${given.id}`);
    await refused(sql`update signature set voided_at = null, voided_reason = null where id = ${given.id}`);
  });
});
