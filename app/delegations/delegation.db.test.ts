import { randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { system } from '#app/platform/actor.ts';
import { sweepVaults } from '#app/platform/sweep-vaults.server.ts';
import { readTable } from '#app/platform/table.ts';
import { NO_CHOICES, previewTable } from '#app/platform/table-import.server.ts';
import { openVaults } from '#app/platform/vault.server.ts';
import { parseVaultKeys } from '#app/platform/vault-crypto.server.ts';
import { migrateVault } from '#db/migrate-vault.server.ts';
import {
  delegate,
  delegation,
  event,
  eventSession,
  room,
  roomStay,
  shareConsent,
} from '#db/schema/delegations.ts';
import { institution, person } from '#db/schema/people.ts';
import { auditRow, vaultFact } from '#db/schema/platform.ts';
import { trip, tripLeg } from '#db/schema/travel.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addDelegation, LIST, LIST_AS_RECEIVED, received, THEN } from '#tests/support/delegation.ts';
import { confirmAsShown } from '#tests/support/table-import.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { delegationImport } from './delegation-import.ts';
import { importProgramme } from './import-programme.ts';
import { moveDelegation } from './move-delegation.ts';
import { planDelegation } from './plan-delegation.ts';
import { boardOf } from './queries.ts';

const { db, url } = await useDatabase();
const keys = parseVaultKeys(randomBytes(32).toString('base64'));
const vaults = openVaults({
  in: { url, schemaName: 'vault_in', keys },
  ru: { url, schemaName: 'vault_ru', keys },
});
afterAll(() => vaults.close());

let protocol: PersonActor;
let guest: PersonActor;
let reference = '';
beforeAll(async () => {
  await migrateVault(url, { schemaName: 'vault_in' });
  await migrateVault(url, { schemaName: 'vault_ru' });
  protocol = await addPerson(db, 'IITISM', ['protocol']);
  guest = await addPerson(db, 'GIREDMET', ['protocol']);
  reference = await addDelegation(db);
});

const send = async (bytes: Uint8Array, actor = protocol, to = reference) => {
  const list = await delegationImport(db, vaults, actor, to, THEN);
  const listId = await list.shelf.put(bytes);
  const { reading, ...preview } = await previewTable(list, listId, NO_CHOICES);
  return {
    listId,
    preview: { ...preview, ...reading },
    confirm: () => confirmAsShown(list, listId, THEN),
  };
};
const count = async (
  table: typeof delegate | typeof roomStay | typeof trip | typeof tripLeg | typeof room,
) => {
  const [row] = await db.select({ count: sql<number>`count(*)::int` }).from(table);
  return row?.count;
};
/** Every word of the main database, without the vaults. */
const mainDump = async () => {
  const { rows } = await db.execute(sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`);
  const texts = await Promise.all(
    rows.map(async ({ name }) => {
      const all = await db.execute(sql.raw(`select * from "${name}"`));
      return JSON.stringify(all.rows);
    }),
  );
  const jobs = await db.execute(sql`select data from pgboss.job`);
  return texts.join('\n') + JSON.stringify(jobs.rows);
};

describe('a delegation', () => {
  it('is not begun to an event that is over', async () => {
    const [home] = await db.select().from(institution).where(eq(institution.code, 'IITISM'));
    const input = { event: 'RAREMET-2026', homeInstitutionId: home?.id ?? '', hotel: { en: 'H', ru: 'Г' } };
    await expect(planDelegation(db, protocol, input, new Date('2026-05-23T09:00:00Z'))).rejects.toMatchObject(
      { code: 'invalid', reason: 'delegations.eventOver' },
    );
  });
});

describe('a delegation’s list', () => {
  it('is not the other side’s to send, and that side does not even see the delegation', async () => {
    await expect(send(received(LIST), guest)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes in nobody of the other side, however the row names their institution, and learns nothing of them', async () => {
    const [their] = await db
      .update(person)
      .set({ sex: 'f' })
      .where(eq(person.id, guest.personId))
      .returning({ email: person.email });
    const columns = 'family_name,given_name,email,employer,delegation_role,passport_number';
    const bytes = new TextEncoder().encode(`${columns}\nDas,Neha,${their?.email},IITISM,member,P1234567\n`);
    const { preview, confirm } = await send(bytes);
    const { fresh, problems } = preview;
    expect(fresh).toEqual([]);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'otherSidePerson', column: 'email' }));
    expect(problems.find((one) => one.code === 'sexMissing')).toMatchObject({ suggestion: null });
    expect(await confirm()).toMatchObject({ added: 0 });
  });

  it('as received brings in its sound rows, and nothing when it is sent again', async () => {
    const first = await send(received(LIST_AS_RECEIVED));
    expect(first.preview).toMatchObject({
      encoding: 'UTF-8',
      separator: ';',
      size: 25,
      known: [],
      waiting: 5,
    });
    expect(first.preview.fresh).toHaveLength(20);
    expect(await count(delegate)).toBe(0);
    expect(await first.confirm()).toEqual({ added: 20, known: 0, completed: 0 });
    const before = await Promise.all([count(delegate), count(trip), count(tripLeg), count(roomStay)]);
    const again = await send(received(LIST_AS_RECEIVED));
    expect(again.preview.fresh).toEqual([]);
    expect(await again.confirm()).toEqual({ added: 0, known: 20, completed: 0 });
    expect(await Promise.all([count(delegate), count(trip), count(tripLeg), count(roomStay)])).toEqual(
      before,
    );
  });

  it('put right brings in the rest, and the passport that was missing', async () => {
    const { preview, confirm, listId } = await send(received(LIST));
    expect(preview.problems).toEqual([]);
    expect(await confirm()).toEqual({ added: 4, known: 20, completed: 1 });
    expect(await count(delegate)).toBe(24);
    const [list] = await db.select().from(vaultFact).where(eq(vaultFact.id, listId));
    expect(list?.erasedAt).not.toBeNull();
  });

  it('leaves no passport, no birthplace and no date of birth in main', async () => {
    const dump = await mainDump();
    for (const secret of ['P8005831', 'U5467878', '1962-01-27', '27.01.1962', 'Varanasi']) {
      expect(dump).not.toContain(secret);
    }
    const [fact] = await db
      .select()
      .from(vaultFact)
      .innerJoin(person, eq(person.id, vaultFact.personId))
      .where(and(eq(person.email, 'rohit.singh@texmin.example'), sql`${vaultFact.erasedAt} is null`));
    expect(fact?.vault_fact).toMatchObject({ side: 'in', validUntil: '2033-06-20', eraseOn: '2026-05-24' });
  });

  it('gives each a bed; those who named each other share it, also for unequal nights', async () => {
    const stays = await db
      .select({ email: person.email, roomId: roomStay.roomId, nights: roomStay.nights })
      .from(roomStay)
      .innerJoin(person, eq(person.id, roomStay.personId));
    expect(stays).toHaveLength(24);
    const of = (email: string) => stays.find((stay) => stay.email === email);
    const [das, sahu] = [of('neha.das@texmin.example'), of('neha.sahu@iitism.example')];
    expect(das?.roomId).toBe(sahu?.roomId);
    expect([das?.nights, sahu?.nights]).toEqual(['[2026-05-19,2026-05-23)', '[2026-05-19,2026-05-24)']);
  });
});

describe('a second delegation on the same days', () => {
  it('takes the same people, and gives nobody a second bed', async () => {
    const other = await addDelegation(db, 'OTHER-2026');
    const { confirm } = await send(received(LIST), protocol, other);
    expect(await confirm()).toMatchObject({ added: 24 });
    expect(await count(roomStay)).toBe(24);
    const [record] = await db.select().from(delegation).where(eq(delegation.reference, other));
    const board = await boardOf(db, record?.id ?? '', '2026-03-01');
    const hotels = board.flatMap((row) => row.cells.filter((cell) => cell.code === 'hotel'));
    expect(new Set(hotels.map((cell) => cell.reason))).toEqual(new Set(['bedElsewhere']));
    // The rest of the file is about one delegation.
    await db.execute(
      sql`delete from trip_leg where trip_id in (select t.id from trip t join delegate d on d.id = t.subject_id where d.delegation_id = ${record?.id})`,
    );
    await db.execute(
      sql`delete from trip where subject_id in (select id from delegate where delegation_id = ${record?.id})`,
    );
    await db.execute(
      sql`update vault_fact set erased_at = now() where field like 'trip-papers:%' and substr(field, 13) not in (select id::text from trip)`,
    );
    await db.execute(
      sql`delete from share_consent where delegate_id in (select id from delegate where delegation_id = ${record?.id})`,
    );
    await db.delete(delegate).where(eq(delegate.delegationId, record?.id ?? ''));
    await db.delete(delegation).where(eq(delegation.id, record?.id ?? ''));
    await db.delete(eventSession).where(eq(eventSession.eventId, record?.eventId ?? ''));
    await db.delete(event).where(eq(event.id, record?.eventId ?? ''));
  });
});

describe('the database', () => {
  const refused = (act: Promise<unknown>) =>
    act.then(
      () => 'accepted',
      (error: { cause?: { constraint?: string } }) => error.cause?.constraint ?? String(error),
    );

  it('keeps one person in one bed, one bed for one person, and sharing to those who agreed', async () => {
    const [first, second] = await db.select().from(roomStay).where(eq(roomStay.kind, 'single')).limit(2);
    if (!first || !second) throw new Error('no single rooms');
    const stay = { kind: 'single' as const, personId: first.personId, delegateId: first.delegateId };
    const add = (more: Partial<typeof roomStay.$inferInsert>) =>
      refused(
        db.insert(roomStay).values({ roomId: second.roomId, bed: 1, nights: first.nights, ...stay, ...more }),
      );
    expect(await add({ nights: '[2026-06-01,2026-06-03)', delegateId: second.delegateId })).toBe('accepted');
    expect(await add({ nights: '[2026-06-02,2026-06-04)' })).toBe('room_stay_one_in_bed');
    expect(await add({ nights: '[2026-06-02,2026-06-04)', bed: 2 })).toBe('room_stay_bed');
    const [twin] = await db
      .insert(room)
      .values({ delegationId: (await db.select().from(delegation))[0]?.id ?? '', number: 900, kind: 'twin' })
      .returning();
    const inTwin = { roomId: twin?.id ?? '', kind: 'twin' as const };
    expect(await add({ ...inTwin })).toBe('room_stay_one_bed');
    expect(await add({ ...inTwin, nights: '[2026-07-01,2026-07-03)' })).toBe('accepted');
    const other = { ...inTwin, bed: 2 as const, delegateId: second.delegateId };
    expect(await add({ ...other, nights: '[2026-07-02,2026-07-05)' })).toBe('room_stay_consent');
    expect(await add({ ...other, nights: '[2026-07-03,2026-07-05)' })).toBe('accepted');
  });

  it('does not let consent be taken back while a room is shared', async () => {
    const [das] = await db
      .select({ id: delegate.id, personId: delegate.personId })
      .from(delegate)
      .innerJoin(person, eq(person.id, delegate.personId))
      .where(eq(person.email, 'neha.das@texmin.example'));
    const change = (set: Partial<typeof shareConsent.$inferInsert>) =>
      refused(
        db
          .update(shareConsent)
          .set({ answerSource: 'person', answeredBy: das?.personId ?? '', ...set })
          .where(eq(shareConsent.delegateId, das?.id ?? '')),
      );
    expect(await change({ answer: 'refused' })).toBe('share_consent_kept');
    // Nor does anybody answer for somebody else.
    expect(await change({ answer: 'agreed', answeredBy: protocol.personId })).toBe('share_consent_own');
    expect(await change({ answer: 'agreed' })).toBe('accepted');
  });

  it('holds legs whose instants follow from the zones of their airports', async () => {
    const [leg] = await db.select().from(tripLeg).where(eq(tripLeg.fromCode, 'TAS')).limit(1);
    expect(leg).toMatchObject({ departsZone: 'Asia/Tashkent', arrivesZone: 'Europe/Moscow' });
    expect(leg?.departsAt.toISOString().slice(11, 16)).toBe('11:10');
  });
});

describe('a programme', () => {
  it('comes once: again it changes nothing, corrected it changes what differs', async () => {
    const text = new TextDecoder().decode(received('raremet-2026-programme.csv'));
    const table = (changed = text) => readTable(new TextEncoder().encode(changed));
    expect(await importProgramme(db, system('test'), 'RAREMET-2026', table())).toEqual({
      added: 0,
      changed: 0,
      problems: [],
    });
    const moved = table(
      text
        .replace('2026-05-20,10:00,12:00', '2026-05-20,11:00,12:00')
        .replace('plenary,2026-05-22', 'plenary,2026-05-32'),
    );
    expect(await importProgramme(db, system('test'), 'RAREMET-2026', moved)).toMatchObject({
      added: 0,
      changed: 1,
      problems: [{ row: 10, column: 'date', code: 'date' }],
    });
    const [opening] = await db.select().from(eventSession).where(eq(eventSession.code, 'S1'));
    expect(opening?.startsAt.toISOString()).toBe('2026-05-20T08:00:00.000Z');
  });
});

describe('after the event', () => {
  it('the values are erased on their day, and the log says so', async () => {
    const kept = () =>
      db
        .select()
        .from(vaultFact)
        .where(sql`${vaultFact.field} like 'trip-papers:%' and ${vaultFact.erasedAt} is null`);
    expect(await kept()).toHaveLength(24);
    await sweepVaults(db, vaults, new Date('2026-05-26T12:00:00Z'));
    expect(await kept()).toHaveLength(0);
    const erased = await db.select().from(auditRow).where(eq(auditRow.code, 'vault.erased'));
    expect(erased.length).toBeGreaterThanOrEqual(24);
  });

  it('shows itself to the host only between sharing and closing', async () => {
    const [record] = await db.select().from(delegation);
    const move = (actor: PersonActor, name: 'share' | 'close', revision: string) =>
      moveDelegation(db, actor, { reference, name, revision }, THEN);
    await expect(move(guest, 'share', record?.revision ?? '')).rejects.toMatchObject({ code: 'not-found' });
    await move(protocol, 'share', record?.revision ?? '');
    const [shared] = await db.select().from(delegation);
    await expect(move(guest, 'close', shared?.revision ?? '')).rejects.toMatchObject({ code: 'forbidden' });
    expect((await db.select().from(trip)).every((one) => one.sharedAt !== null)).toBe(true);
  });
});
