import { beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '#tests/support/database.ts';
import {
  addApplication,
  addCall,
  addExchangePeople,
  agreedStay,
  makeNominated,
  revisionOf,
} from '#tests/support/exchange.ts';
import {
  addStay,
  after,
  laidHash,
  layStay,
  makePreparing,
  onDay,
  type StayPeople,
  signatoryOf,
  signStay,
  stayRow,
  typedProgramme,
} from '#tests/support/stay.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { acceptApplication } from '../accept-application.ts';
import { exchangeRecord } from '../record-queries.ts';
import { CAPACITIES } from './capacities.ts';
import { nameSupervisor } from './name-supervisor.ts';
import { stayPage } from './placement-queries.ts';
import { refuseProgramme } from './refuse-version.ts';
import { saveProgramme } from './save-programme.ts';
import { signProgramme } from './sign-programme.ts';

const { db } = await useDatabase();
const now = new Date('2026-11-20T09:00:00Z');

let people: StayPeople;
let reference: string;
beforeEach(async () => {
  ({ people, reference } = await addStay(db, now));
});

const one = async <T extends Record<string, unknown>>(query: string, values: unknown[] = []) =>
  (await db.$client.query<T>(query, values)).rows[0] as T;
const revision = async () => (await stayRow(db, reference)).revision;

describe('opening', () => {
  test('acceptance opens the stay, with audit and a message to all four', async () => {
    const { id, state, starts_on: startsOn } = await stayRow(db, reference);
    expect([state, startsOn]).toEqual(['programme', onDay(now, 70)]);
    const told = await one<{ count: string }>(
      `select count(*) from delivery where cause = 'placement:' || $1 || ':opened' and channel = 'inbox'`,
      [id],
    );
    expect(Number(told.count)).toBe(4);
    const kept = await one<{ count: string }>(
      `select count(*) from audit_row where code = 'placement.open' and subject_id = $1`,
      [id],
    );
    expect(Number(kept.count)).toBe(1);
  });

  test('a stay that shares a day with another is refused in its own words, and nothing is accepted', async () => {
    const call = await addCall(db, people, now, { stayUntil: onDay(now, 400) });
    const fields = { wishedStart: onDay(now, 120) };
    const second = await addApplication(db, people.student, call, now, { fields });
    await makeNominated(db, people, second.reference, now);
    const decision = { reference: second.reference, revision: await revisionOf(db, second.reference) };
    const stay = agreedStay(people.hostSupervisor, now, 112, 150);
    await expect(
      acceptApplication(db, people.hostCoordinator, { ...decision, stay }, now),
    ).rejects.toMatchObject({
      code: 'invalid',
      fields: { stayFrom: ['exchanges.overlapsStay'] },
    });
    const kept = await one<{ state: string }>('select state from application where reference = $1', [
      second.reference,
    ]);
    expect(kept.state).toBe('nominated');
    const later = agreedStay(people.hostSupervisor, now, 113, 150);
    await acceptApplication(db, people.hostCoordinator, { ...decision, stay: later }, now);
  });
});

describe('writing', () => {
  test.each(CAPACITIES)('the %s may keep a draft', async (capacity) => {
    const programme = typedProgramme(now, { safety: '', tasks: [] });
    await saveProgramme(db, signatoryOf(people, capacity), {
      reference,
      revision: await revision(),
      programme,
    });
    const page = await stayPage(db, people.student, reference, now);
    expect(page.draft).toMatchObject({
      equipment: 'ICP-MS',
      costs: [{ amount: 4_500_050 }, { amount: 6_000_000 }],
    });
  });

  test('strangers do not find it; a stale form is told so and changes nothing', async () => {
    const programme = typedProgramme(now);
    const other = await addPerson(db, 'TEXMIN', ['coordinator']);
    const supervisor = await addPerson(db, 'GIREDMET', ['supervisor']);
    for (const who of [other, supervisor]) {
      const input = { reference, revision: await revision(), programme };
      await expect(saveProgramme(db, who, input)).rejects.toMatchObject({ code: 'not-found' });
    }
    const old = await revision();
    await saveProgramme(db, people.student, { reference, revision: old, programme });
    const input = { reference, revision: old, programme: typedProgramme(now, { equipment: 'XRD' }) };
    await expect(saveProgramme(db, people.hostSupervisor, input)).rejects.toMatchObject({ code: 'stale' });
    expect((await stayPage(db, people.student, reference, now)).draft).toMatchObject({ equipment: 'ICP-MS' });
  });

  test('what is missing is named field by field, and nothing is laid', async () => {
    const empty = { en: '', ru: '' };
    const change = {
      objectives: { en: 'x', ru: '' },
      outputs: empty,
      tasks: [],
      safety: '',
      insurance: '',
      costs: {},
    };
    await expect(layStay(db, people, reference, now, { change })).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        'objectives.ru': ['placements.giveObjectives'],
        'outputs.en': ['placements.giveOutputs'],
        'tasks.0.text': ['placements.giveTasks'],
        safety: ['placements.giveSafety'],
        'costs.travel.amount': ['placements.giveCosts'],
      },
    });
    expect(await laidHash(db, reference, 'programme')).toBe('');
  });

  test('wrong rows are named where they stand', async () => {
    const change = {
      tasks: [{ from: '3', to: '2', text: '' }],
      costs: { visa: { amount: 'many', currency: 'INR', payer: 'nobody' } },
      endsOn: onDay(now, 60),
    };
    const programme = typedProgramme(now, change);
    await expect(
      saveProgramme(db, people.student, { reference, revision: await revision(), programme }),
    ).rejects.toMatchObject({
      fields: {
        'tasks.0.to': ['placements.weeksBackwards'],
        'tasks.0.text': ['placements.giveTask'],
        'costs.visa.amount': ['placements.notAnAmount'],
        'costs.visa.payer': ['choice'],
      },
    });
  });
});

describe('signing', () => {
  test('with the fourth signature the portal puts it into force and plans the journey', async () => {
    await layStay(db, people, reference, now);
    await signStay(db, people, reference, now, CAPACITIES.slice(0, 3));
    expect((await stayRow(db, reference)).state).toBe('programme');
    await signStay(db, people, reference, now, CAPACITIES.slice(3));
    const row = await stayRow(db, reference);
    expect(row.state).toBe('preparing');
    const trip = await one('select starts_on::text, ends_on::text, purpose from trip where subject_id = $1', [
      row.id,
    ]);
    expect(trip).toEqual({ starts_on: onDay(now, 70), ends_on: onDay(now, 112), purpose: 'stay' });
    const begun = await one<{ actor_kind: string }>(
      `select actor_kind from audit_row where code = 'placement.begin' and subject_id = $1`,
      [row.id],
    );
    expect(begun.actor_kind).toBe('system');
    const page = await stayPage(db, people.student, reference, now);
    expect(page.readiness?.items.length).toBeGreaterThan(0);
    expect(page.turn.act).toBe('prepare');
  });

  test('signing twice changes nothing; another text, another pen and a second capacity are refused', async () => {
    await layStay(db, people, reference, now);
    const hashShown = await laidHash(db, reference, 'programme');
    const sign = (who: typeof people.student, as: (typeof CAPACITIES)[number], hash = hashShown) =>
      signProgramme(db, who, { reference, hashShown: hash, as, locale: 'en' }, now);
    await sign(people.student, 'participant');
    await sign(people.student, 'participant');
    const count = await one<{ count: string }>(
      'select count(*) from signature s join version v on v.id = s.version_id join placement p on p.id = v.subject_id where p.reference = $1',
      [reference],
    );
    expect(Number(count.count)).toBe(1);
    await expect(sign(people.homeCoordinator, 'home-coordinator', 'f'.repeat(64))).rejects.toMatchObject({
      code: 'stale',
    });
    await expect(sign(people.homeCoordinator, 'host-coordinator')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(sign(people.student, 'home-coordinator')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(sign(people.hostCoordinator, 'host-supervisor')).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('a coordinator who is the host supervisor too signs in one capacity alone', async () => {
    const both = await addPerson(db, 'GIREDMET', ['coordinator', 'supervisor']);
    const named = { reference, revision: await revision(), supervisorId: both.personId };
    await nameSupervisor(db, people.hostCoordinator, named);
    await layStay(db, people, reference, now);
    const hashShown = await laidHash(db, reference, 'programme');
    const sign = (as: 'host-supervisor' | 'host-coordinator') =>
      signProgramme(db, both, { reference, hashShown, as, locale: 'ru' }, now);
    await sign('host-supervisor');
    await expect(sign('host-coordinator')).rejects.toMatchObject({ reason: 'signatures.otherCapacity' });
  });

  test('the exchange opens to the supervisor named anew, and closes to the former one', async () => {
    const next = await addPerson(db, 'GIREDMET', ['supervisor']);
    await expect(exchangeRecord(db, next, reference, now)).rejects.toMatchObject({ code: 'not-found' });
    const named = { reference, revision: await revision(), supervisorId: next.personId };
    await nameSupervisor(db, people.hostCoordinator, named);
    const { reader, record } = await exchangeRecord(db, next, reference, now);
    expect([reader, record.hostSupervisorId]).toEqual(['hostSupervisor', next.personId]);
    const former = exchangeRecord(db, people.hostSupervisor, reference, now);
    await expect(former).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a refusal voids the signatures, returns comments, and only a new text can be signed', async () => {
    await layStay(db, people, reference, now);
    await signStay(db, people, reference, now, ['participant', 'home-coordinator']);
    const hashShown = await laidHash(db, reference, 'programme');
    const refuse = (comments: string) =>
      refuseProgramme(db, people.hostSupervisor, { reference, hashShown, as: 'host-supervisor', comments });
    await expect(refuse(' ')).rejects.toMatchObject({ fields: { comments: ['placements.giveComments'] } });
    await refuse('The pilot plant is closed in March.');
    const page = await stayPage(db, people.student, reference, now);
    expect(page.programmes.at(-1)?.state).toBe('refused');
    expect(page.programmes.at(-1)?.signatures.every((given) => given.voidedReason === 'refused')).toBe(true);
    expect(page.programmes.at(-1)?.refusal?.comments).toBe('The pilot plant is closed in March.');
    expect(page.turn.act).toBe('write');
    await expect(signStay(db, people, reference, now, ['host-coordinator'])).rejects.toMatchObject({
      code: 'stale',
    });
    await layStay(db, people, reference, now, { change: { siteAccess: 'Building 3' } });
    await signStay(db, people, reference, now);
    expect((await stayRow(db, reference)).state).toBe('preparing');
  });

  test('dates that outlive the passport are refused at signing in a sentence without its date', async () => {
    await layStay(db, people, reference, now);
    await db.$client.query(
      `insert into vault_fact (id, vault_record_id, side, person_id, field, facts, valid_until, erase_on)
       values (gen_random_uuid(), gen_random_uuid(), 'in', $1, 'passport', '{}', $2, '2030-01-01')`,
      [people.student.personId, onDay(now, 100)],
    );
    await expect(signStay(db, people, reference, now, ['participant'])).rejects.toMatchObject({
      reason: 'placements.outlivesPassport',
    });
  });
});

describe('amending', () => {
  test('an amendment needs a reason, leaves the signed one in force, and moves the dates once all four have signed', async () => {
    await makePreparing(db, people, reference, now);
    const change = { startsOn: onDay(now, 80), endsOn: onDay(now, 120) };
    await expect(layStay(db, people, reference, now, { change })).rejects.toMatchObject({
      fields: { reason: ['placements.giveReason'] },
    });
    await layStay(db, people, reference, now, { change, reason: 'The visa comes later.' });
    await signStay(db, people, reference, now, CAPACITIES.slice(0, 3));
    let page = await stayPage(db, people.student, reference, now);
    expect(page.inForce?.version.number).toBe(1);
    expect(page.inForce?.signatures.every((given) => given.voidedAt === null)).toBe(true);
    expect(page.pending?.version.reason).toBe('The visa comes later.');
    expect((await stayRow(db, reference)).starts_on).toBe(onDay(now, 70));
    await signStay(db, people, reference, now, ['host-coordinator']);
    page = await stayPage(db, people.student, reference, now);
    expect(page.inForce?.version.number).toBe(2);
    const row = await stayRow(db, reference);
    expect([row.starts_on, row.ends_on]).toEqual([change.startsOn, change.endsOn]);
    const trip = await one('select starts_on::text from trip where subject_id = $1', [row.id]);
    expect(trip).toEqual({ starts_on: change.startsOn });
  });

  test('a refused amendment leaves the signed programme in force; the same text is no amendment', async () => {
    await makePreparing(db, people, reference, now);
    await expect(layStay(db, people, reference, now, { reason: 'None' })).rejects.toMatchObject({
      reason: 'placements.nothingChanged',
    });
    await layStay(db, people, reference, now, { change: { equipment: 'XRD' }, reason: 'Other device' });
    const hashShown = await laidHash(db, reference, 'programme');
    const refusal = { reference, hashShown, as: 'host-coordinator' as const, comments: 'Not available' };
    await refuseProgramme(db, people.hostCoordinator, refusal);
    const page = await stayPage(db, people.student, reference, now);
    expect([page.inForce?.version.number, page.pending]).toEqual([1, null]);
    expect(page.inForce?.signatures.filter((given) => given.voidedAt === null)).toHaveLength(4);
  });

  test('the last signature under dates of another stay is refused whole', async () => {
    await makePreparing(db, people, reference, now);
    const second = await addStay(db, now, { people, from: 120, until: 150 });
    await layStay(db, people, reference, now, { change: { endsOn: onDay(now, 125) }, reason: 'Longer' });
    await signStay(db, people, reference, now, CAPACITIES.slice(0, 3));
    await expect(signStay(db, people, reference, now, ['host-coordinator'])).rejects.toMatchObject({
      reason: 'exchanges.overlapsStay',
    });
    const page = await stayPage(db, people.student, reference, now);
    expect(page.pending?.signatures.filter((given) => given.voidedAt === null)).toHaveLength(3);
    expect((await stayRow(db, second.reference)).state).toBe('programme');
  });
});

test('the page of a stay is found by those who stand in it, and by nobody else', async () => {
  for (const capacity of CAPACITIES) {
    const page = await stayPage(db, signatoryOf(people, capacity), reference, after(now, 1));
    expect(page.capacities).toEqual([capacity]);
  }
  const strangers = await addExchangePeople(db);
  await expect(stayPage(db, strangers.student, reference, now)).rejects.toMatchObject({ code: 'not-found' });
  const texmin = await addPerson(db, 'TEXMIN', ['coordinator']);
  await expect(stayPage(db, texmin, reference, now)).rejects.toMatchObject({ code: 'not-found' });
});
