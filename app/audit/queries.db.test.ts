import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Grant, PersonActor } from '#app/platform/actor.ts';
import { system } from '#app/platform/actor.ts';
import { audit } from '#app/platform/audit.server.ts';
import { sealAll } from '#app/platform/audit-seal.server.ts';
import { institution, person, type Role } from '#db/schema/people.ts';
import { useDatabase } from '#tests/support/database.ts';
import { listAudit } from './queries.ts';
import { auditFilterSchema } from './schemas.ts';
import { verifyLog } from './verify-log.ts';

const { db } = await useDatabase();
const secret = 'a secret of at least thirty-two characters';
const subject = uuidv7();
let here = '';
let there = '';

beforeAll(async () => {
  here = await place('HERE');
  there = await place('THERE');
  const olga = await someone();
  // One transaction: all its rows have the same time.
  await db.transaction(async (tx) => {
    for (let i = 0; i < 120; i++) {
      const about = { type: 'application', id: i === 7 ? subject : uuidv7() };
      await audit(tx, { code: 'application.submit', actor: olga, subject: about, institutionId: here });
    }
  });
  await write('call.publish', here);
  await write('application.accept', there);
  await write('portal.started', null);
});

async function place(code: string): Promise<string> {
  const name = { en: code, ru: code };
  const [added] = await db
    .insert(institution)
    .values({ code, name, shortName: name, timeZone: 'UTC' })
    .returning();
  return added?.id ?? '';
}

async function someone(...grants: [Role, string, Grant['effect']?][]): Promise<PersonActor> {
  const [added] = await db
    .insert(person)
    .values({ institutionId: here, familyName: 'Vorobyova' })
    .returning();
  return {
    kind: 'person',
    personId: added?.id ?? '',
    accountId: uuidv7(),
    institutionId: here,
    side: null,
    grants: grants.map(([role, institutionId, effect = 'allow']) => ({
      role,
      institutionId,
      side: null,
      effect,
    })),
    locale: 'en',
    timeZone: 'UTC',
    confirmedAt: new Date(),
  };
}

const write = (code: string, institutionId: string | null) =>
  db.transaction((tx) =>
    audit(tx, { code, actor: system('test'), subject: { type: 'x', id: 'x' }, institutionId }),
  );

const list = (actor: PersonActor, query: Record<string, string> = {}) =>
  listAudit(db, actor, auditFilterSchema.parse(query));

const codes = async (actor: PersonActor) => [
  ...new Set((await list(actor)).entries.map((entry) => entry.code)),
];

describe('the log', () => {
  it('is read by coordinators and administrators, each that of their own institution', async () => {
    expect(await codes(await someone(['coordinator', there]))).toEqual(['application.accept']);
    expect(await codes(await someone(['institution-admin', there]))).toEqual(['application.accept']);
    expect(await codes(await someone(['platform-admin', here]))).toEqual(['portal.started']);
    const denied = await someone(['coordinator', here], ['coordinator', here, 'deny']);
    expect(await codes(denied)).toEqual([]);
    expect(await codes(await someone(['supervisor', here], ['observer', there]))).toEqual([]);
  });

  it('pages forth and back without losing a row, though many have one time', async () => {
    const actor = await someone(['coordinator', here]);
    const seen: string[][] = [];
    let page = await list(actor);
    seen.push(page.entries.map((entry) => entry.id));
    expect(page.previous).toBeNull();
    while (page.next) {
      page = await list(actor, { after: page.next });
      seen.push(page.entries.map((entry) => entry.id));
    }
    expect(seen.map((ids) => ids.length)).toEqual([50, 50, 21]);
    expect(new Set(seen.flat()).size).toBe(121);
    const back = await list(actor, { before: page.previous ?? '' });
    expect(back.entries.map((entry) => entry.id)).toEqual(seen[1]);
    expect((await list(actor, { before: back.previous ?? '' })).previous).toBeNull();
  });

  it('finds what was done, and what was done to one record', async () => {
    const actor = await someone(['coordinator', here]);
    expect((await list(actor, { code: 'call.publish' })).entries).toHaveLength(1);
    const [entry, ...others] = (await list(actor, { subject })).entries;
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ code: 'application.submit', actorName: { familyName: 'Vorobyova' } });
  });

  it('takes a mangled address for none', async () => {
    const actor = await someone(['coordinator', here]);
    const first = await list(actor);
    for (const after of [
      "2026-13-45T99:00:00.000000Z_x'; drop",
      '2026-11-21T10:00:00.000000Z_not-an-id',
      '',
    ]) {
      expect((await list(actor, { after })).entries[0]?.id).toBe(first.entries[0]?.id);
    }
  });

  it('is verified by platform administrators alone, and that is written down', async () => {
    await expect(verifyLog(db, await someone(['coordinator', here]), secret)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await sealAll(db);
    const admin = await someone(['platform-admin', here]);
    expect(await verifyLog(db, admin, secret)).toMatchObject({ ok: true, sealed: 123, unsealed: 0 });
    expect((await list(admin)).entries[0]).toMatchObject({
      code: 'audit.verified',
      facts: { ok: true, rows: 123 },
    });
  });
});
