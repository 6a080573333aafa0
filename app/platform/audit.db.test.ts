import { setTimeout as delay } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#db/client.server.ts';
import { auditSeal } from '#db/schema/platform.ts';
import { useDatabase } from '#tests/support/database.ts';
import { system } from './actor.ts';
import { audit } from './audit.server.ts';
import { sealAll, sealAudit, signDay } from './audit-seal.server.ts';
import { type Verification, verifyAudit } from './audit-verify.server.ts';

const { db, url } = await useDatabase();
const secret = 'a secret of at least thirty-two characters';

const write = (count: number, code = 'thesis.submitted') =>
  db.transaction(async (tx) => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const subject = { type: 'thesis', id: uuidv7() };
      ids.push(await audit(tx, { code, actor: system('test'), subject, facts: { number: i } }));
    }
    return ids;
  });

/** As somebody with all rights of the database server would, past every trigger. */
const tamper = (...statements: SQL[]) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const statement of statements) await tx.execute(statement);
  });

const check = () => verifyAudit(db, secret);
const broken = async (): Promise<Verification['firstBroken']> => (await check()).firstBroken;
const sealOf = async (auditId: string | undefined) =>
  (await db.select().from(auditSeal)).find((seal) => seal.auditId === auditId)?.sequence;

beforeEach(() =>
  tamper(
    sql`delete from audit_head`,
    sql`delete from audit_seal`,
    sql`delete from audit_detail`,
    sql`delete from audit_row`,
  ),
);

describe('an audit row', () => {
  it('is rolled back with the act it belongs to', async () => {
    const act = db.transaction(async (tx) => {
      await audit(tx, {
        code: 'thesis.submitted',
        actor: system('test'),
        subject: { type: 'thesis', id: 'x' },
      });
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow('the act failed');
    expect((await check()).rows).toBe(0);
  });

  it('takes no sentence and no address as a fact', async () => {
    const subject = { type: 'thesis', id: 'x' };
    for (const value of ['Olga Vorobyova', 'olga@example.org']) {
      const act = db.transaction((tx) =>
        audit(tx, { code: 'thesis.submitted', actor: system('test'), subject, facts: { value } }),
      );
      await expect(act).rejects.toThrow('is a text');
    }
  });

  it('can be neither changed nor deleted', async () => {
    const [id] = await write(1);
    await sealAll(db);
    await signDay(db, secret, new Date(Date.now() + 86_400_000));
    for (const statement of [
      sql`update audit_row set code = 'x.y' where id = ${id}`,
      sql`delete from audit_row`,
      sql`truncate audit_row cascade`,
      sql`update audit_seal set hash = 'x'`,
      sql`delete from audit_seal`,
      sql`update audit_head set hash = 'x'`,
      sql`delete from audit_head`,
    ]) {
      await expect(db.execute(statement)).rejects.toMatchObject({ cause: { code: '23001' } });
    }
  });
});

describe('the sealer', () => {
  it('chains every row once, in batches, whoever asks', async () => {
    await write(23);
    await Promise.all([sealAll(db, { batch: 5 }), sealAll(db, { batch: 7 })]);
    await sealAll(db);
    expect(await check()).toMatchObject({ ok: true, rows: 23, sealed: 23, unsealed: 0 });
  });

  it('never passes over a row that a slow transaction commits late', async () => {
    const slow = connect(url, { max: 1 });
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const late = slow.transaction(async (tx) => {
      await audit(tx, { code: 'late.act', actor: system('test'), subject: { type: 'x', id: 'x' } });
      await finished;
    });
    await delay(50);
    await write(3);
    expect(await sealAll(db)).toBe(3);
    finish();
    await late;
    await slow.$client.end();
    expect((await check()).unsealed).toBe(1);
    expect(await sealAll(db)).toBe(1);
    expect(await check()).toMatchObject({ ok: true, sealed: 4, unsealed: 0 });
  });

  it('seals rows of any age when it looks at the whole', async () => {
    await write(1);
    await sealAll(db);
    const old = sql`insert into audit_row (id, at, code, actor_kind, actor_id, subject_type, subject_id)
      values (${uuidv7()}, now() - interval '9 days', 'old.act', 'system', 'test', 'x', 'x')`;
    await db.execute(old);
    expect(await sealAudit(db)).toMatchObject({ sealed: 0 });
    expect(await sealAll(db, { whole: true })).toBe(1);
    expect((await check()).ok).toBe(true);
  });
});

describe('verification', () => {
  it('finds an empty log in order, and reports the unsealed tail', async () => {
    expect(await check()).toMatchObject({ ok: true, rows: 0 });
    await write(4);
    await sealAll(db);
    await write(2);
    expect(await check()).toEqual({ ok: true, rows: 6, sealed: 4, unsealed: 2, heads: 0, otherKey: 0 });
  });

  it.each([
    ['code', sql`code = 'thesis.withdrawn'`],
    ['actor', sql`actor_id = 'somebody'`],
    ['time', sql`at = at + interval '1 microsecond'`],
    ['facts', sql`facts = facts || '{"number": 99}'`],
    ['institution', sql`institution_id = gen_random_uuid()`],
  ])('names the first row whose %s was changed', async (_, change) => {
    const ids = await write(9);
    await sealAll(db);
    await tamper(sql`update audit_row set ${change} where id in (${ids[4]}, ${ids[7]})`);
    const sequence = Math.min(...(await Promise.all([ids[4], ids[7]].map(sealOf))).map(Number));
    const { ok, firstBroken } = await check();
    expect(ok).toBe(false);
    expect(firstBroken).toMatchObject({ sequence, what: 'changed' });
    expect([ids[4], ids[7]]).toContain(firstBroken?.auditId);
  });

  it('names a row that is gone', async () => {
    const ids = await write(5);
    await sealAll(db);
    const sequence = await sealOf(ids[2]);
    await tamper(sql`delete from audit_row where id = ${ids[2]}`);
    expect(await broken()).toEqual({ sequence, auditId: ids[2], what: 'missing' });
  });

  it('names a seal that is gone', async () => {
    await write(5);
    await sealAll(db);
    await tamper(sql`delete from audit_seal where sequence = 3`);
    expect(await broken()).toEqual({ sequence: 3, auditId: null, what: 'missing' });
  });

  it('names rows and seals that were put in another order', async () => {
    await write(6);
    await sealAll(db);
    const moved = sql`update audit_seal set sequence = case sequence when 2 then 40 when 4 then 20 end where sequence in (2, 4)`;
    await tamper(moved, sql`update audit_seal set sequence = sequence / 10 where sequence > 6`);
    expect(await broken()).toMatchObject({ sequence: 2, what: 'order' });
  });

  it('names a row that stands under another seal', async () => {
    const ids = await write(6);
    await sealAll(db);
    const [a, b] = [await sealOf(ids[1]), await sealOf(ids[3])];
    await tamper(
      sql`update audit_seal set audit_id = ${uuidv7()} where sequence = ${a}`,
      sql`update audit_seal set audit_id = ${ids[1]} where sequence = ${b}`,
      sql`update audit_seal set audit_id = ${ids[3]} where sequence = ${a}`,
    );
    expect(await broken()).toMatchObject({ sequence: Math.min(Number(a), Number(b)), what: 'order' });
  });
});

describe('personal values', () => {
  const values = { former: 'olga@example.org' };
  const writePersonal = () =>
    db.transaction((tx) =>
      audit(tx, {
        code: 'person.address-changed',
        actor: system('test'),
        subject: { type: 'person', id: 'p' },
        personal: { personId: uuidv7(), values },
      }),
    );

  it('can be erased, and the chain holds', async () => {
    const id = await writePersonal();
    await sealAll(db);
    expect((await check()).ok).toBe(true);
    await db.execute(
      sql`update audit_detail set salt = null, values = null, erased_at = now() where audit_id = ${id}`,
    );
    expect((await check()).ok).toBe(true);
  });

  it('cannot be rewritten, by the database or unnoticed', async () => {
    const id = await writePersonal();
    await sealAll(db);
    const forge = sql`update audit_detail set values = '{"former": "other@example.org"}' where audit_id = ${id}`;
    await expect(db.execute(forge)).rejects.toMatchObject({ cause: { code: '23001' } });
    await tamper(forge);
    expect(await broken()).toMatchObject({ auditId: id, what: 'detail' });
  });
});

describe('the head of a day', () => {
  const tomorrow = () => new Date(Date.now() + 86_400_000);

  it('is signed once, when something new was sealed', async () => {
    await write(3);
    const day = new Date().toISOString().slice(0, 10);
    expect(await signDay(db, secret)).toBeNull();
    expect(await signDay(db, secret, tomorrow())).toBe(day);
    expect(await signDay(db, secret, tomorrow())).toBeNull();
    expect(await check()).toMatchObject({ ok: true, heads: 1, otherKey: 0 });
    expect(await verifyAudit(db, 'another secret of thirty-two characters')).toMatchObject({
      ok: true,
      otherKey: 1,
    });
  });

  it('shows that the end of the chain was cut off', async () => {
    const ids = await write(3);
    await signDay(db, secret, tomorrow());
    await tamper(
      sql`delete from audit_seal where audit_id = ${ids[2]}`,
      sql`delete from audit_row where id = ${ids[2]}`,
    );
    const { ok, firstBroken } = await check();
    expect(ok).toBe(false);
    expect(firstBroken?.what).toBe('missing');
  });

  it('shows that the chain was written anew', async () => {
    const ids = await write(3);
    await signDay(db, secret, tomorrow());
    await tamper(sql`update audit_row set code = 'x.y' where id = ${ids[0]}`, sql`delete from audit_seal`);
    await sealAll(db, { whole: true });
    expect(await broken()).toEqual({ sequence: 3, auditId: null, what: 'head' });
    await tamper(sql`update audit_head set hash = (select hash from audit_seal where sequence = 3)`);
    expect(await broken()).toEqual({ sequence: 3, auditId: null, what: 'head' });
  });
});
