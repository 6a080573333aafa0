import { randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { openVaults } from '#app/platform/vault.server.ts';
import { parseVaultKeys } from '#app/platform/vault-crypto.server.ts';
import { tripFilesOf } from '#app/travel/trip-queries.ts';
import { migrateVault } from '#db/migrate-vault.server.ts';
import { delegate, delegation, roomStay, shareConsent } from '#db/schema/delegations.ts';
import { person } from '#db/schema/people.ts';
import { auditRow, delivery, message, vaultFact } from '#db/schema/platform.ts';
import { trip, tripLeg } from '#db/schema/travel.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addDelegation, byHand, THEN } from '#tests/support/delegation.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { addDelegate } from './add-delegate.ts';
import { answerShare } from './answer-share.ts';
import { askToShare } from './ask-to-share.ts';
import { changeDelegate } from './change-delegate.ts';
import { freeBed } from './free-bed.ts';
import { importDelegation } from './import-delegation.ts';
import { keepPassport } from './keep-passport.ts';
import { keepVisaData } from './keep-visa-data.ts';
import { moveDelegation } from './move-delegation.ts';
import { placeDelegate } from './place-delegate.ts';
import { boardOf, delegatesOf } from './queries.ts';
import { removeDelegate } from './remove-delegate.ts';
import { removeLeg } from './remove-leg.ts';
import { saveLeg } from './save-leg.ts';

const { db, url } = await useDatabase();
const keys = parseVaultKeys(randomBytes(32).toString('base64'));
const vaults = openVaults({
  in: { url, schemaName: 'vault_in', keys },
  ru: { url, schemaName: 'vault_ru', keys },
});
afterAll(() => vaults.close());

let protocol: PersonActor;
let coordinator: PersonActor;
let host: PersonActor;
let observer: PersonActor;
let [asha, mira]: PersonActor[] = [];
let reference = '';
beforeAll(async () => {
  await migrateVault(url, { schemaName: 'vault_in' });
  await migrateVault(url, { schemaName: 'vault_ru' });
  protocol = await addPerson(db, 'IITISM', ['protocol']);
  coordinator = await addPerson(db, 'TEXMIN', ['coordinator']);
  host = await addPerson(db, 'GIREDMET', ['protocol', 'coordinator']);
  observer = await addPerson(db, 'IITISM', ['observer']);
  asha = await addPerson(db, 'TEXMIN', [], 'asha.rao@texmin.example');
  mira = await addPerson(db, 'TEXMIN', [], 'mira.sen@texmin.example');
  reference = await addDelegation(db);
});

const add = (email: string, more = {}, actor = protocol) =>
  addDelegate(db, actor, reference, byHand(email, more), THEN);
const rowOf = async (id: string) => {
  const [row] = await db.select().from(delegate).where(eq(delegate.id, id));
  if (!row) throw new Error(`there is no delegate ${id}`);
  return row;
};
/** What a form about somebody sends besides its fields. */
const formOf = async (id: string) => ({
  reference,
  delegateId: id,
  revision: (await rowOf(id)).revision,
});
const tripOf = async (id: string) => {
  const file = (await tripFilesOf(db, 'delegate', [id])).get(id);
  if (!file) throw new Error('there is no journey');
  return file;
};
const idOf = async (email: string) => {
  const [row] = await db
    .select({ id: delegate.id })
    .from(delegate)
    .innerJoin(person, eq(person.id, delegate.personId))
    .where(and(eq(person.email, email), sql`${delegate.endedAt} is null`));
  return row?.id ?? '';
};
const audits = async (code: string) =>
  (await db.select().from(auditRow).where(eq(auditRow.code, code))).length;
const refusal = (act: Promise<unknown>) =>
  act.then(
    () => 'accepted',
    (error: { code?: string; reason?: string; fields?: object }) => {
      const [field] = Object.entries(error.fields ?? {});
      return field ? `${field[0]}: ${field[1]}` : `${error.code}: ${error.reason ?? error}`;
    },
  );
const out = (more = {}) => ({
  direction: 'out' as const,
  carrier: 'SU 235',
  from: 'DEL',
  to: 'SVO',
  departs: '2026-05-19 03:55',
  arrives: '2026-05-19 08:20',
  ...more,
});

describe('somebody added by hand', () => {
  it('has a journey and a bed, the portal’s own name for whom it knows, and is nobody else’s to add', async () => {
    const id = await add('asha.rao@texmin.example', { givenName: 'Somebody', role: 'speaker' });
    const { trip: journey } = await tripOf(id);
    expect(journey).toMatchObject({ startsOn: '2026-05-19', endsOn: '2026-05-23', purpose: 'speak' });
    const [known] = await db.select().from(person).where(eq(person.email, 'asha.rao@texmin.example'));
    expect(known?.givenName).toBe('Asha');
    expect(await db.select().from(roomStay).where(eq(roomStay.delegateId, id))).toHaveLength(1);
    expect(await audits('delegate.added')).toBe(1);
    expect(await refusal(add('new.one@texmin.example', {}, host))).toBe('not-found: notFound');
    expect(await refusal(add('new.one@texmin.example', {}, observer))).toBe('not-found: notFound');
  });

  it('is not added twice, nor as a second head, nor from the other side; nothing of them stays', async () => {
    await add('mira.sen@texmin.example', { role: 'head', roomWish: 'twin' }, coordinator);
    expect(await refusal(add('mira.sen@texmin.example'))).toBe('email: delegations.memberTwice');
    expect(await refusal(add('new.head@texmin.example', { role: 'head' }))).toBe(
      'role: delegations.headTwice',
    );
    const [stranger] = await db.select().from(person).where(eq(person.email, 'new.head@texmin.example'));
    expect(stranger).toBeUndefined();
    const [their] = await db.select().from(person).where(eq(person.id, host.personId));
    expect(await refusal(add(their?.email ?? ''))).toBe('email: delegations.otherSidePerson');
    expect(await refusal(add('x.y@texmin.example', { employer: 'GIREDMET' }))).toBe('employer: choice');
  });

  it('is changed once by a form: the second, older one is told so', async () => {
    const id = await idOf('asha.rao@texmin.example');
    const form = await formOf(id);
    const { role: _, ...facts } = byHand('asha.rao@texmin.example', {
      visaRoute: 'invitation',
      diet: 'jain',
    });
    const change = (actor: PersonActor) =>
      changeDelegate(db, actor, { ...form, facts: { ...facts, role: 'poster' } });
    expect(await refusal(change(host))).toBe('not-found: notFound');
    await change(protocol);
    expect(await refusal(change(coordinator))).toBe('stale: stale');
    expect(await rowOf(id)).toMatchObject({ role: 'poster', diet: 'jain' });
    expect((await tripOf(id)).trip).toMatchObject({ visaRoute: 'invitation', purpose: 'speak' });
  });
});

describe('a leg', () => {
  const save = async (
    id: string,
    leg: ReturnType<typeof out>,
    legId: string | null = null,
    actor = protocol,
  ) => saveLeg(db, actor, { ...(await formOf(id)), legId, leg });

  it('takes its zones from the airports, and the dates of the journey follow', async () => {
    const id = await idOf('asha.rao@texmin.example');
    await save(id, out({ departs: '2026-05-18 03:55', arrives: '2026-05-18 08:20' }));
    const back = { direction: 'back' as const, from: 'SVO', to: 'DEL' };
    await save(
      id,
      out({ ...back, departs: '2026-05-24 10:25', arrives: '2026-05-24 18:55' }),
      null,
      coordinator,
    );
    const { trip: journey, legs } = await tripOf(id);
    expect(journey).toMatchObject({ startsOn: '2026-05-18', endsOn: '2026-05-24', eraseOn: '2026-05-25' });
    expect(legs[0]).toMatchObject({ number: 1, departsZone: 'Asia/Kolkata', arrivesZone: 'Europe/Moscow' });
    expect(legs[0]?.departsAt.toISOString()).toBe('2026-05-17T22:25:00.000Z');
  });

  it('that cannot be is refused with the field to blame, and nothing changes', async () => {
    const id = await idOf('asha.rao@texmin.example');
    const before = [await tripOf(id), await rowOf(id), await audits('delegate.legAdded')];
    const tried = (more: object) => refusal(save(id, out(more)));
    expect(await tried({ from: 'QQQ' })).toBe('from: delegations.leg.unknownAirport');
    expect(await tried({ departs: '2026-02-30 10:00' })).toBe('departs: delegations.leg.noSuchTime');
    expect(await tried({ to: 'DEL' })).toBe('to: delegations.leg.nowhere');
    // By the clocks it lands later; once the zones apply, before it took off.
    expect(
      await tried({ from: 'SVO', to: 'DEL', departs: '2026-05-21 10:00', arrives: '2026-05-21 12:00' }),
    ).toBe('arrives: delegations.leg.landsBeforeTakeOff');
    expect(await tried({ departs: '2026-05-21 10:00', arrives: '2026-05-21 08:30' })).toBe(
      'arrives: delegations.leg.impossibleSpeed',
    );
    expect(await tried({ departs: '2026-05-18 06:00', arrives: '2026-05-18 10:30' })).toBe(
      'departs: delegations.leg.overlap',
    );
    expect(await tried({ departs: '2026-05-18 01:00', arrives: '2026-05-18 05:30' })).toBe(
      'arrives: delegations.leg.overlap',
    );
    expect(await tried({ departs: '2027-05-18 01:00', arrives: '2027-05-18 05:30' })).toBe(
      'departs: delegations.leg.outsideEvent',
    );
    expect([await tripOf(id), await rowOf(id), await audits('delegate.legAdded')]).toEqual(before);
  });

  it('in between takes its place; what may fail is shown, and a removed one leaves a gap', async () => {
    const id = await idOf('asha.rao@texmin.example');
    const [first] = (await tripOf(id)).legs;
    await save(id, out({ to: 'TAS', departs: '2026-05-18 03:00', arrives: '2026-05-18 06:30' }), first?.id);
    expect((await tripOf(id)).legProblems.map((one) => one.code)).toContain('gap');
    await save(id, out({ from: 'TAS', departs: '2026-05-18 07:30', arrives: '2026-05-18 10:00' }));
    const joined = await tripOf(id);
    expect(joined.legs.map((leg) => [leg.number, leg.fromCode])).toEqual([
      [1, 'DEL'],
      [2, 'TAS'],
      [3, 'SVO'],
    ]);
    expect(joined.legs[0]?.id).toBe(first?.id);
    expect(joined.legProblems.map((one) => one.code)).toContain('shortConnection');
    await removeLeg(db, protocol, { ...(await formOf(id)), legId: first?.id ?? '' });
    expect((await tripOf(id)).trip.startsOn).toBe('2026-05-18');
    expect(await audits('delegate.legRemoved')).toBe(1);
    const again = removeLeg(db, protocol, { ...(await formOf(id)), legId: first?.id ?? '' });
    expect(await refusal(again)).toBe('stale: stale');
  });

  it('is not the traveller’s, the host’s nor an older form’s to write', async () => {
    const id = await idOf('asha.rao@texmin.example');
    const form = await formOf(id);
    const write = (actor: PersonActor, revision = form.revision) =>
      refusal(
        saveLeg(db, actor, { ...form, revision, legId: null, leg: out({ departs: '2026-05-25 03:55' }) }),
      );
    expect(await write(asha as PersonActor)).toBe('not-found: notFound');
    expect(await write(host)).toBe('not-found: notFound');
    expect(await write(protocol, crypto.randomUUID())).toBe('stale: stale');
  });
});

describe('a bed', () => {
  const nights = { from: '2026-05-19', to: '2026-05-23' };
  const stayOf = async (id: string) => {
    const [row] = await db.select().from(roomStay).where(eq(roomStay.delegateId, id));
    return row;
  };
  const place = async (
    id: string,
    room: string,
    more: { stayId?: string | null; from?: string; to?: string } = {},
  ) =>
    placeDelegate(db, protocol, {
      ...(await formOf(id)),
      ...nights,
      stayId: (await stayOf(id))?.id ?? null,
      room,
      ...more,
    });

  it('holds one person, and a person lies in one; the answer names nobody', async () => {
    const [one, other] = [await idOf('asha.rao@texmin.example'), await idOf('mira.sen@texmin.example')];
    const taken = await stayOf(one);
    expect(await refusal(place(other, taken?.roomId ?? ''))).toBe('room: delegations.bedTaken');
    expect(await refusal(place(one, 'single', { stayId: null, from: '2026-05-22', to: '2026-05-25' }))).toBe(
      'from: delegations.secondBed',
    );
    expect(await refusal(place(one, 'single', { from: '2026-05-23', to: '2026-05-23' }))).toBe(
      'to: delegations.noNights',
    );
    expect(await refusal(place(one, crypto.randomUUID()))).toBe('room: delegations.roomGone');
    expect(await refusal(place(one, 'twin', { from: '2027-05-20', to: '2027-05-21' }))).toBe(
      'from: delegations.nightsFar',
    );
    expect(await stayOf(one)).toEqual(taken);
  });

  it('of a twin goes to two who have both agreed themselves, also for unequal nights', async () => {
    const [one, other] = [await idOf('asha.rao@texmin.example'), await idOf('mira.sen@texmin.example')];
    const twin = (await stayOf(other))?.roomId ?? '';
    expect(await refusal(place(one, twin))).toBe('room: delegations.noConsent');
    const [first, second] = [
      { reference, delegateId: one },
      { reference, delegateId: other },
    ];
    const asked = { ...first, mateId: other };
    expect(await refusal(askToShare(db, host, asked, THEN))).toBe('not-found: notFound');
    await askToShare(db, protocol, asked, THEN);
    const told = await db.select().from(message).where(eq(message.code, 'delegations.shareAsked'));
    expect(told).toHaveLength(2);
    await answerShare(db, asha as PersonActor, { ...asked, answer: 'agreed' }, THEN);
    expect(await refusal(place(one, twin))).toBe('room: delegations.noConsent');
    // Nobody answers for somebody else.
    const forOther = { ...second, mateId: one, answer: 'agreed' as const };
    expect(await refusal(answerShare(db, protocol, forOther, THEN))).toBe('not-found: notFound');
    expect(await refusal(answerShare(db, asha as PersonActor, forOther, THEN))).toBe('not-found: notFound');
    await answerShare(db, mira as PersonActor, forOther, THEN);
    await answerShare(db, mira as PersonActor, forOther, THEN);
    expect(await audits('delegate.shareAgreed')).toBe(2);
    await place(one, twin, { from: '2026-05-18', to: '2026-05-22' });
    expect(await stayOf(one)).toMatchObject({ roomId: twin, bed: 2, nights: '[2026-05-18,2026-05-22)' });
    const words = await db.select().from(shareConsent);
    expect(words.map((row) => [row.answer, row.answerSource])).toEqual([
      ['agreed', 'person'],
      ['agreed', 'person'],
    ]);
  });

  it('is left by who takes their word back: they get a room of their own and the officers are told', async () => {
    const [one, other] = [await idOf('asha.rao@texmin.example'), await idOf('mira.sen@texmin.example')];
    const [mine, theirs] = [await stayOf(one), await stayOf(other)];
    const asked = { reference, delegateId: one, mateId: other };
    await answerShare(db, asha as PersonActor, { ...asked, answer: 'refused' }, THEN);
    const after = await stayOf(one);
    expect(after).toMatchObject({ id: mine?.id, nights: mine?.nights, bed: 1 });
    expect(after?.roomId).not.toBe(mine?.roomId);
    expect(await stayOf(other)).toEqual(theirs);
    expect(await refusal(place(one, theirs?.roomId ?? ''))).toBe('room: delegations.noConsent');
    expect(await refusal(askToShare(db, protocol, asked, THEN))).toBe('mate: delegations.shareRefused');
    const [told] = await db.select().from(message).where(eq(message.code, 'delegations.shareRefused'));
    const deliveries = await db
      .select()
      .from(delivery)
      .where(eq(delivery.messageId, told?.id ?? ''));
    expect(deliveries.map((row) => row.personId)).toContain(coordinator.personId);
    const [record] = await db.select().from(delegation).where(eq(delegation.reference, reference));
    const board = await boardOf(db, record?.id ?? '', '2026-03-01');
    const hotel = board.find((row) => row.id === one)?.cells.find((cell) => cell.code === 'hotel');
    expect(hotel?.reason).not.toBe('mateNotAgreed');
  });

  it('is freed once, and goes to one of two who ask for it at the same moment', async () => {
    const [one, other] = [await idOf('asha.rao@texmin.example'), await idOf('mira.sen@texmin.example')];
    const [mine, theirs] = [await stayOf(one), await stayOf(other)];
    const free = async (actor = protocol) =>
      freeBed(db, actor, { ...(await formOf(one)), stayId: mine?.id ?? '' });
    expect(await refusal(free(host))).toBe('not-found: notFound');
    await free();
    expect(await refusal(free())).toBe('stale: stale');
    const late = await add('late.comer@texmin.example', { hotelIn: null, hotelOut: null });
    await freeBed(db, protocol, { ...(await formOf(other)), stayId: theirs?.id ?? '' });
    const forms = [await formOf(one), await formOf(late)];
    const both = forms.map((form) =>
      refusal(placeDelegate(db, protocol, { ...form, ...nights, stayId: null, room: mine?.roomId ?? '' })),
    );
    expect((await Promise.all(both)).sort()).toEqual(['accepted', 'room: delegations.noConsent']);
  });
});

describe('papers for the invitation', () => {
  it('go to the vault, the rest to the delegation; a traveller fills in their own', async () => {
    const id = await idOf('asha.rao@texmin.example');
    const data = {
      residence: '12 Hirapur Road, Dhanbad',
      consulateCity: 'New Delhi',
      employerAddress: 'Sardar Patel Nagar',
    };
    const where = { reference, delegateId: id };
    await keepVisaData(db, vaults, asha as PersonActor, { ...where, ...data });
    expect(await refusal(keepVisaData(db, vaults, mira as PersonActor, { ...where, ...data }))).toBe(
      'not-found: notFound',
    );
    expect(await rowOf(id)).toMatchObject({
      consulateCity: 'New Delhi',
      employerAddress: 'Sardar Patel Nagar',
    });
    const { rows } = await db.execute(sql`select to_jsonb(d)::text as said from delegate d
      union all select to_jsonb(f)::text from vault_fact f union all select to_jsonb(a)::text from audit_row a`);
    expect(JSON.stringify(rows)).not.toContain('Hirapur');
    const birth = { birthDate: '1990-01-27', birthPlace: 'Ranchi' };
    const passport = { number: 'p 8005831', issued: '2023-06-21', validUntil: '2033-06-20', ...birth };
    const keep = (more: object) =>
      refusal(
        keepPassport(db, vaults, protocol, { ...where, passport: { ...passport, ...more } }, '2026-03-01'),
      );
    expect(await keep({ number: 'Р8005831' })).toBe('number: travel.passportNumber');
    expect(await keep({ validUntil: '2020-06-20' })).toBe('validUntil: travel.validBeforeIssued');
    expect(await keep({})).toBe('accepted');
    expect((await tripOf(id)).papers).toMatchObject({ validUntil: '2033-06-20' });
  });
});

describe('somebody taken out', () => {
  it('leaves a row with the reason, a free bed, papers that are due, and reads why', async () => {
    const id = await idOf('asha.rao@texmin.example');
    const { trip: journey } = await tripOf(id);
    const form = await formOf(id);
    const remove = (actor: PersonActor, revision = form.revision) =>
      removeDelegate(db, actor, { ...form, revision, reason: 'Another task' }, THEN);
    expect(await refusal(remove(host))).toBe('not-found: notFound');
    expect(await refusal(remove(asha as PersonActor))).toBe('not-found: notFound');
    expect(await refusal(remove(protocol, crypto.randomUUID()))).toBe('stale: stale');
    await remove(protocol);
    expect(await refusal(remove(protocol))).toBe('not-found: notFound');
    expect(await rowOf(id)).toMatchObject({ endedReason: 'Another task', endedBy: protocol.personId });
    expect(await db.select().from(roomStay).where(eq(roomStay.delegateId, id))).toEqual([]);
    const [ended] = await db.select().from(trip).where(eq(trip.id, journey.id));
    expect(ended?.endedAt).not.toBeNull();
    const facts = await db
      .select()
      .from(vaultFact)
      .where(sql`${vaultFact.field} like ${`%${journey.id}`}`);
    expect(facts.filter((fact) => !fact.erasedAt).map((fact) => fact.eraseOn)).toEqual([
      '2026-03-01',
      '2026-03-01',
    ]);
    const [told] = await db.select().from(message).where(eq(message.code, 'delegations.removed'));
    expect(
      await db
        .select()
        .from(delivery)
        .where(eq(delivery.messageId, told?.id ?? '')),
    ).toHaveLength(2);
    const people = await delegatesOf(db, (await rowOf(id)).delegationId);
    expect(people.map((one) => one.id)).not.toContain(id);
    // Who comes back begins anew.
    expect(await add('asha.rao@texmin.example')).not.toBe(id);
  });
});

describe('a closed delegation', () => {
  it('is written to by nobody: not its people, legs, beds, answers nor papers', async () => {
    const [one, other] = [await idOf('asha.rao@texmin.example'), await idOf('mira.sen@texmin.example')];
    await saveLeg(db, protocol, { ...(await formOf(one)), legId: null, leg: out() });
    await askToShare(db, protocol, { reference, delegateId: one, mateId: other }, THEN);
    const [record] = await db.select().from(delegation).where(eq(delegation.reference, reference));
    await moveDelegation(db, protocol, { reference, name: 'close', revision: record?.revision ?? '' }, THEN);
    const form = await formOf(one);
    const [leg] = await db.select().from(tripLeg).limit(1);
    const facts = byHand('asha.rao@texmin.example');
    const { file } = (await delegatesOf(db, record?.id ?? '')).find((each) => each.id === one) ?? {};
    const share = { ...form, mateId: other };
    const visa = { residence: null, consulateCity: 'Kolkata', employerAddress: null };
    const passport = { number: 'P8005831', issued: '2023-06-21', validUntil: '2033-06-20' };
    const room = { stayId: null, room: 'single', from: '2026-05-25', to: '2026-05-26' };
    const nothing = { row: 2, passport: null, birth: { date: null, place: null }, legs: [], shareWith: null };
    const listed = {
      ...byHand('nobody.else@texmin.example'),
      ...nothing,
      institutionId: protocol.institutionId,
    };
    const acts = [
      importDelegation(db, vaults, protocol, reference, [listed], THEN),
      add('nobody.new@texmin.example'),
      changeDelegate(db, protocol, { ...form, facts }),
      removeDelegate(db, protocol, { ...form, reason: 'x' }, THEN),
      saveLeg(db, protocol, { ...form, legId: null, leg: out() }),
      removeLeg(db, protocol, { ...form, legId: leg?.id ?? '' }),
      placeDelegate(db, protocol, { ...form, ...room }),
      freeBed(db, protocol, { ...form, stayId: crypto.randomUUID() }),
      askToShare(db, protocol, share, THEN),
      answerShare(db, asha as PersonActor, { ...share, answer: 'agreed' }, THEN),
      keepVisaData(db, vaults, protocol, { ...form, ...visa }),
      keepPassport(
        db,
        vaults,
        protocol,
        { ...form, passport: { ...passport, birthDate: null, birthPlace: null } },
        '2026-03-01',
      ),
    ];
    const said = await Promise.all(acts.map(refusal));
    expect(said).toEqual(acts.map(() => 'forbidden: delegations.closed'));
    expect((await rowOf(one)).revision).toBe(form.revision);
    expect(file?.legs).toHaveLength(1);
  });
});
