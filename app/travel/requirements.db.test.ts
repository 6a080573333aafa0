import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PersonActor } from '#app/platform/actor.ts';
import { calendarDay } from '#db/schema/calendar.ts';
import { auditRow, vaultFact } from '#db/schema/platform.ts';
import { requirement, trip } from '#db/schema/travel.ts';
import { useDatabase } from '#tests/support/database.ts';
import { addPerson } from '#tests/support/thesis.ts';
import { moveTrip } from './move-trip.ts';
import { planTrip } from './plan-trip.ts';
import { readinessOf, recordable } from './readiness-queries.ts';
import { type ItemInput, recordItem } from './record-item.ts';
import type { RequirementInput } from './requirement-form.ts';
import { definitionOf, definitionsOf } from './requirement-queries.ts';
import { addRequirement, restoreRequirement, saveRequirement } from './save-requirement.ts';
import { papersField } from './trip-papers.ts';

const { db } = await useDatabase();
const NOW = new Date('2027-01-10T09:00:00Z');
const TODAY = '2027-01-10';

const people = {} as Record<
  | 'student'
  | 'adminIn'
  | 'adminRu'
  | 'coordinatorIn'
  | 'coordinatorRu'
  | 'protocolIn'
  | 'protocolRu'
  | 'neighbour',
  PersonActor
>;
beforeAll(async () => {
  people.student = await addPerson(db, 'IITISM', ['student']);
  people.adminIn = await addPerson(db, 'IITISM', ['institution-admin']);
  people.adminRu = await addPerson(db, 'GIREDMET', ['institution-admin']);
  people.coordinatorIn = await addPerson(db, 'IITISM', ['coordinator']);
  people.coordinatorRu = await addPerson(db, 'GIREDMET', ['coordinator']);
  people.protocolIn = await addPerson(db, 'IITISM', ['protocol']);
  people.protocolRu = await addPerson(db, 'GIREDMET', ['protocol']);
  people.neighbour = await addPerson(db, 'TEXMIN', ['coordinator']);
});

const stay = async (startsOn = '2027-06-01', endsOn = '2027-08-23', of = people.student) => {
  const subjectId = uuidv7();
  const tripId = await db.transaction((tx) =>
    planTrip(tx, {
      personId: of.personId,
      subjectType: 'placement',
      subjectId,
      path: '/exchanges/EX-2027-0001',
      title: { en: 'Stay in Moscow', ru: 'Стажировка в Москве' },
      homeInstitutionId: people.coordinatorIn.institutionId,
      hostInstitutionId: people.coordinatorRu.institutionId,
      purpose: 'stay',
      startsOn,
      endsOn,
      now: NOW,
    }),
  );
  return { tripId, subjectId };
};
const read = async (subjectId: string, now = NOW) => {
  const found = await readinessOf(db, 'placement', subjectId, now);
  if (!found) throw new Error('no journey');
  return found;
};
const item = async (subjectId: string, code: string, now = NOW) =>
  (await read(subjectId, now)).items.find((one) => one.code === code);
const done = (code: string, more: Partial<ItemInput> = {}): ItemInput => ({
  requirement: code,
  state: 'done',
  on: null,
  validUntil: null,
  ...more,
});

const changed = async (actor: PersonActor, code: string, change: Partial<RequirementInput>) => {
  const { institutionId } = actor;
  const standing = await definitionOf(db, institutionId, code);
  const { title, owner, leadDays, leadUnit, applies, source, sourceOn, active, revision } = standing;
  const input: RequirementInput = {
    title,
    owner,
    leadDays,
    leadUnit,
    purposes: applies.purposes ? [...applies.purposes] : null,
    minDays: applies.minDays ?? null,
    source: source ?? { en: '', ru: '' },
    sourceOn,
    active,
    ...change,
  };
  return { where: { institutionId, code }, input, revision };
};
const save = async (actor: PersonActor, code: string, change: Partial<RequirementInput>) => {
  const { where, input, revision } = await changed(actor, code, change);
  await saveRequirement(db, actor, where, input, revision);
};

describe('a stay’s readiness', () => {
  it('knows what a long stay in Moscow needs, each with its owner and last day', async () => {
    const { subjectId } = await stay();
    const { items, tone, earliestStart, actBy, first } = await read(subjectId);
    expect(new Set(items.map((one) => one.code))).toEqual(
      new Set([
        'passport',
        'institute',
        'funding',
        'clearance',
        'hospitality',
        'invitation',
        'stateInvitation',
        'visa',
        'insurance',
        'flights',
        'lodging',
        'publication',
        'sitePass',
        'briefing',
      ]),
    );
    expect(tone).toBe('risk');
    expect(earliestStart).toBeNull();
    // Fourteen days for the passport, sixty for the state form, ten for the visa.
    expect(first).toMatchObject({ code: 'passport', actBy: '2027-03-08', title: { ru: 'Паспорт' } });
    expect(actBy).toBe('2027-03-08');
    expect(await readinessOf(db, 'placement', uuidv7(), NOW)).toBeNull();
  });

  it('takes the passport from what the traveller keeps, and goes red saying from when the start can be met', async () => {
    const [person] = [await addPerson(db, 'IITISM', ['student'])];
    const { subjectId, tripId } = await stay('2027-03-01', '2027-05-20', person);
    await db.insert(vaultFact).values({
      personId: person.personId,
      side: 'in',
      field: 'passport',
      vaultRecordId: uuidv7(),
      validUntil: '2033-01-01',
    });
    expect(await item(subjectId, 'passport')).toMatchObject({ tone: 'ok' });
    const red = await read(subjectId);
    expect(red).toMatchObject({ tone: 'stop', earliestStart: '2027-03-22' });
    await db.transaction((tx) => moveTrip(tx, tripId, { startsOn: '2027-03-22', endsOn: '2027-06-10' }));
    expect(await read(subjectId)).toMatchObject({ tone: 'risk', earliestStart: null });
  });

  it('is moved with its erasure and its way to a visa, and backwards not at all', async () => {
    const { subjectId, tripId } = await stay('2027-06-01', '2027-06-20');
    const [before] = await db.select().from(trip).where(eq(trip.id, tripId));
    expect(before).toMatchObject({ visaRoute: 'e-visa', eraseOn: '2027-06-21' });
    await db.insert(vaultFact).values({
      personId: people.student.personId,
      side: 'in',
      field: papersField(tripId),
      vaultRecordId: uuidv7(),
      validUntil: '2033-01-01',
      eraseOn: '2027-06-21',
    });
    await db.transaction((tx) => moveTrip(tx, tripId, { startsOn: '2027-06-08', endsOn: '2027-08-20' }));
    const [after] = await db.select().from(trip).where(eq(trip.id, tripId));
    expect(after).toMatchObject({ visaRoute: 'invitation', startsOn: '2027-06-08', eraseOn: '2027-08-21' });
    const [papers] = await db
      .select()
      .from(vaultFact)
      .where(eq(vaultFact.field, papersField(tripId)));
    expect(papers?.eraseOn).toBe('2027-08-21');
    expect((await read(subjectId)).items.map((one) => one.code)).toContain('stateInvitation');
    await expect(
      db.transaction((tx) => moveTrip(tx, tripId, { startsOn: '2027-06-08', endsOn: '2027-06-07' })),
    ).rejects.toMatchObject({ code: 'invalid', reason: 'travel.tripDates' });
  });
});

describe('the pens of a stay', () => {
  const PEN = { funding: 'home', sitePass: 'host', insurance: 'traveller' } as const;
  const MAY: Record<string, readonly (keyof typeof people)[]> = {
    home: ['coordinatorIn', 'protocolIn'],
    host: ['coordinatorRu', 'protocolRu'],
    traveller: ['student'],
  };

  it.each(Object.entries(PEN))('lets nobody but the owner’s side record %s (%s)', async (code, owner) => {
    const { tripId, subjectId } = await stay();
    for (const [name, actor] of Object.entries(people)) {
      const attempt = recordItem(db, actor, tripId, done(code), TODAY);
      const may = MAY[owner]?.some((one) => one === name) ?? false;
      if (may) await attempt;
      else await expect(attempt, name).rejects.toMatchObject({ code: 'forbidden' });
      expect((await recordable(db, actor, 'placement', subjectId)).includes(code), name).toBe(may);
    }
    expect(await item(subjectId, code)).toMatchObject({ tone: 'ok' });
  });

  it('lets nobody record what an institution says of their own journey', async () => {
    const { tripId } = await stay('2027-06-01', '2027-06-10', people.coordinatorIn);
    await expect(recordItem(db, people.coordinatorIn, tripId, done('funding'), TODAY)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await recordItem(db, people.coordinatorIn, tripId, done('insurance'), TODAY);
  });

  it('refuses what the journey does not need, what follows by itself, and a stale form; nothing is kept', async () => {
    const { tripId, subjectId } = await stay();
    for (const code of ['hotel', 'eVisa', 'passport', 'nothing']) {
      await expect(recordItem(db, people.student, tripId, done(code), TODAY)).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    const { revision } = await read(subjectId);
    const input = done('insurance', { validUntil: '2027-09-01', revision });
    await recordItem(db, people.student, tripId, input, TODAY);
    await expect(
      recordItem(db, people.student, tripId, { ...input, state: 'refused' }, TODAY),
    ).rejects.toMatchObject({ code: 'stale' });
    expect(await item(subjectId, 'insurance')).toMatchObject({ tone: 'ok' });
    const rows = await db
      .select()
      .from(auditRow)
      .where(and(eq(auditRow.code, 'trip.recorded'), eq(auditRow.subjectId, tripId)));
    expect(rows).toHaveLength(1);
  });
});

describe('definitions of an institution', () => {
  it('stand in place of the default for the part it sees to, and for nobody else’s', async () => {
    const { subjectId } = await stay();
    await save(people.adminRu, 'sitePass', { leadDays: 50, source: { en: 'Order 12', ru: 'Приказ 12' } });
    expect(await item(subjectId, 'sitePass')).toMatchObject({ actBy: '2027-04-11', params: { lead: 50 } });
    // What the host says of its own travellers changes nothing for those it receives.
    await save(people.adminRu, 'funding', { leadDays: 90 });
    expect((await item(subjectId, 'funding'))?.params.lead).toBe(21);
    await save(people.adminIn, 'funding', { leadDays: 5, leadUnit: 'working' });
    expect(await item(subjectId, 'funding')).toMatchObject({
      params: { lead: 5, unit: 'working' },
      actBy: '2027-05-24',
    });
    await db.insert(calendarDay).values({
      side: 'in',
      day: '2027-05-27',
      kind: 'holiday',
      name: { en: 'Holiday', ru: 'Праздник' },
      source: 'test',
    });
    expect((await item(subjectId, 'funding'))?.actBy).toBe('2027-05-23');
    const kept = await db
      .select()
      .from(auditRow)
      .where(
        and(eq(auditRow.code, 'requirement.changed'), eq(auditRow.subjectId, people.adminRu.institutionId)),
      );
    expect(kept.map((row) => row.facts)).toContainEqual({
      requirement: 'sitePass',
      leadDays: 50,
      active: true,
    });
  });

  it('that are switched off colour nothing and are not recorded', async () => {
    const { subjectId, tripId } = await stay();
    await save(people.adminIn, 'hospitality', { active: false });
    expect(await item(subjectId, 'hospitality')).toBeUndefined();
    await expect(recordItem(db, people.protocolIn, tripId, done('hospitality'), TODAY)).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });

  it('are refused to another’s administrator, to a coordinator, and where they put a duty on the other party', async () => {
    const { where, input, revision } = await changed(people.adminIn, 'flights', { leadDays: 3 });
    for (const actor of [people.adminRu, people.coordinatorIn, people.student]) {
      await expect(saveRequirement(db, actor, where, input, revision)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(
      saveRequirement(db, people.adminIn, where, { ...input, owner: 'host' }, revision),
    ).rejects.toMatchObject({ code: 'invalid', fields: { owner: ['travel.requirementOwner'] } });
    expect(await db.select().from(requirement).where(eq(requirement.code, 'flights'))).toEqual([]);
  });

  it('are told when the form is stale, also when two change the default at once; the default comes back', async () => {
    const { where, input, revision } = await changed(people.adminIn, 'clearance', { leadDays: 30 });
    const both = await Promise.allSettled([
      saveRequirement(db, people.adminIn, where, input, revision),
      saveRequirement(db, people.adminIn, where, { ...input, leadDays: 31 }, revision),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'stale' } });
    await expect(restoreRequirement(db, people.adminIn, where, uuidv7())).rejects.toMatchObject({
      code: 'stale',
    });
    const standing = await definitionOf(db, where.institutionId, 'clearance');
    expect(standing.origin).toBe('changed');
    await restoreRequirement(db, people.adminIn, where, standing.revision);
    expect(await definitionOf(db, where.institutionId, 'clearance')).toMatchObject({
      origin: 'default',
      leadDays: 21,
    });
    await expect(restoreRequirement(db, people.adminIn, where, null)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('may be added; once, and for the journeys of that institution only', async () => {
    const input: RequirementInput & { party: 'home' | 'host' } = {
      party: 'host',
      title: { en: 'Film badge', ru: 'Плёночный дозиметр' },
      owner: 'traveller',
      leadDays: 7,
      leadUnit: 'calendar',
      purposes: ['stay'],
      minDays: 14,
      source: { en: '', ru: '' },
      sourceOn: null,
      active: true,
    };
    const code = await addRequirement(db, people.adminRu, people.adminRu.institutionId, input);
    expect(code).toBe('giredmet-film-badge');
    await expect(
      addRequirement(db, people.adminRu, people.adminRu.institutionId, input),
    ).rejects.toMatchObject({ code: 'invalid', fields: { 'title.en': ['travel.requirementTwice'] } });
    await expect(
      addRequirement(db, people.adminIn, people.adminRu.institutionId, input),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const { subjectId, tripId } = await stay();
    expect(await item(subjectId, code)).toMatchObject({ owner: 'traveller', actBy: '2027-05-24' });
    await recordItem(db, people.student, tripId, done(code), TODAY);
    expect(await item(subjectId, code)).toMatchObject({ tone: 'ok' });
    const short = await stay('2027-06-01', '2027-06-10');
    expect(await item(short.subjectId, code)).toBeUndefined();
    const codes = (await definitionsOf(db, people.adminIn.institutionId)).map((one) => one.code);
    expect(codes).not.toContain(code);
  });
});
