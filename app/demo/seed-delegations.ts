import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { delegationImport } from '#app/delegations/delegation-import.ts';
import { importDelegation } from '#app/delegations/import-delegation.ts';
import { importProgramme } from '#app/delegations/import-programme.ts';
import { moveDelegation } from '#app/delegations/move-delegation.ts';
import { planDelegation } from '#app/delegations/plan-delegation.ts';
import { planEvent } from '#app/delegations/plan-event.ts';
import { delegatesOf } from '#app/delegations/queries.ts';
import { type DelegateRow, type ListFrame, readDelegation } from '#app/delegations/read-delegation.ts';
import { institutions } from '#app/people/queries.ts';
import { daysAfter, daysBetween } from '#app/platform/calendar.ts';
import { sweepVaults } from '#app/platform/sweep-vaults.server.ts';
import { readTable } from '#app/platform/table.ts';
import { confirmTable, NO_CHOICES, previewTable } from '#app/platform/table-import.server.ts';
import type { Vaults } from '#app/platform/vault.server.ts';
import { type ItemInput, recordItem } from '#app/travel/record-item.ts';
import type { Db } from '#db/client.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { delegation } from '#db/schema/delegations.ts';
import { addressOf } from './people.ts';
import type { Cast } from './seed-people.ts';

const bytesOf = (name: string) => new Uint8Array(readFileSync(path.join(projectRoot, 'db/seed/data', name)));
const LIST = 'raremet-2026-delegation.csv';
const HOTEL = { en: 'Hotel Uzkoye', ru: 'Гостиница «Узкое»' };

/** RAREMET-2026 as it was, closed and with its passports erased; and a coming school whose board has every colour. */
export async function seedDelegations(db: Db, vaults: Vaults, as: Cast, now: Date): Promise<void> {
  await congress(db, vaults, as);
  await school(db, vaults, as, now);
  // The congress is over: its passports go now, and the log says so.
  await sweepVaults(db, vaults, now);
}

const FIRST_DAY = '2026-05-20';

async function congress(db: Db, vaults: Vaults, as: Cast): Promise<void> {
  const then = new Date('2026-03-01T09:00:00Z');
  const after = new Date('2026-06-01T09:00:00Z');
  await planEvent(db, as('coordinator.ru'), {
    reference: 'RAREMET-2026',
    title: {
      en: 'RAREMET-2026: congress on rare and rare-earth metals',
      ru: 'RAREMET-2026: конгресс по редким и редкоземельным металлам',
    },
    summary: {
      en: 'Extraction, separation, magnets, high-purity metals and recycling: three days of sections and a round table on joint training.',
      ru: 'Извлечение и разделение, магниты, высокочистые металлы, рециклинг: три дня секций и круглый стол о совместной подготовке кадров.',
    },
    ...inMoscow(await hostId(db)),
    startsOn: FIRST_DAY,
    endsOn: '2026-05-22',
  });
  await importProgramme(
    db,
    as('coordinator.ru'),
    'RAREMET-2026',
    readTable(bytesOf('raremet-2026-programme.csv')),
  );
  const reference = await begin(db, as, 'RAREMET-2026', then);
  const officer = as('protocol.in');
  // First the list as the secretary sent it, then the one put right.
  for (const name of ['raremet-2026-delegation-as-received.csv', LIST]) {
    const list = await delegationImport(db, vaults, officer, reference, then);
    const id = await list.shelf.put(bytesOf(name));
    const { seal } = await previewTable(list, id, NO_CHOICES);
    await confirmTable(list, id, { shown: NO_CHOICES, ticked: NO_CHOICES, seal }, then);
  }
  await move(db, as, reference, 'share', then);
  await move(db, as, reference, 'close', after);
}

/** How many days from the day of seeding the school begins. */
const AHEAD = 28;

async function school(db: Db, vaults: Vaults, as: Cast, now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const startsOn = daysAfter(today, AHEAD);
  const name = `MAGNETS-${startsOn.slice(0, 4)}`;
  await planEvent(db, as('coordinator.ru'), {
    reference: name,
    title: {
      en: 'School on rare-earth magnets and their recycling',
      ru: 'Школа по редкоземельным магнитам и их переработке',
    },
    summary: {
      en: 'Lectures, laboratories and posters for young researchers of both sides.',
      ru: 'Лекции, лабораторные занятия и стендовые доклады для молодых исследователей обеих сторон.',
    },
    ...inMoscow(await hostId(db)),
    startsOn,
    endsOn: daysAfter(startsOn, 2),
  });
  const shift = daysBetween(FIRST_DAY, startsOn);
  const programme = new TextDecoder()
    .decode(bytesOf('raremet-2026-programme.csv'))
    .replaceAll(/2026-05-2\d/g, (date) => daysAfter(date, shift));
  await importProgramme(db, as('coordinator.ru'), name, readTable(new TextEncoder().encode(programme)));
  const reference = await begin(db, as, name, now);
  const rows = await listOfSchool(db, shift, today);
  await importDelegation(db, vaults, as('protocol.in'), reference, rows, now);
  await move(db, as, reference, 'share', now);
  await recordStates(db, as, reference, today);
}

/** Fourteen people of the congress on later days, and two who can sign in; with what goes wrong in life. */
async function listOfSchool(db: Db, shift: number, today: string): Promise<DelegateRow[]> {
  const places = await institutions(db);
  const frame: ListFrame = {
    institutions: new Map(places.map(({ code, id, side }) => [code, { id, mayAdd: side === 'in' }])),
    knownSex: new Map(),
    elsewhere: new Set(),
    event: { startsOn: FIRST_DAY, endsOn: '2026-05-22', firstDuty: null, lastDuty: null },
    today,
  };
  const { delegates } = readDelegation(readTable(bytesOf(LIST)), frame);
  const later = (text: string) => daysAfter(text.slice(0, 10), shift) + text.slice(10);
  const rows = delegates.slice(0, 14).map((row) => ({
    ...row,
    legs: row.legs.map((leg) => ({ ...leg, departs: later(leg.departs), arrives: later(leg.arrives) })),
    hotelIn: row.hotelIn && later(row.hotelIn),
    hotelOut: row.hotelOut && later(row.hotelOut),
  }));
  const [head, , ...others] = rows;
  const [student, expert] = [rows[8], rows[4]];
  if (!head || !student || !expert) throw new Error('the list of the congress is shorter than it was');
  const late = (leg: DelegateRow['legs'][number]) =>
    leg.direction === 'back'
      ? leg
      : {
          ...leg,
          departs: daysAfter(leg.departs.slice(0, 10), 1) + leg.departs.slice(10),
          arrives: daysAfter(leg.arrives.slice(0, 10), 1) + leg.arrives.slice(10),
        };
  return [
    ...rows.map((row) => {
      // One has no passport yet, one lands while the opening is on, one has no way back.
      if (row === others[9]) return { ...row, passport: null };
      if (row === others[5]) return { ...row, legs: row.legs.map(late) };
      if (row === others[3]) return { ...row, legs: row.legs.filter((leg) => leg.direction === 'out') };
      return row;
    }),
    {
      ...student,
      email: addressOf('student.in'),
      familyName: 'Mahato',
      givenName: 'Ananya',
      sex: 'f',
      role: 'poster',
      passport: { number: 'Z4410927', issued: '2024-02-12', validUntil: '2034-02-11' },
    },
    {
      ...expert,
      email: addressOf('expert.in'),
      familyName: 'Oraon',
      givenName: 'Vikram',
      sex: 'm',
      role: 'speaker',
      passport: { number: 'Z7720045', issued: '2022-09-05', validUntil: '2032-09-04' },
    },
  ];
}

/** How far each has come: the first are ready, the next wait, some are late. */
async function recordStates(db: Db, as: Cast, reference: string, today: string): Promise<void> {
  const [record] = await db.select().from(delegation).where(eq(delegation.reference, reference));
  const people = await delegatesOf(db, record?.id ?? '');
  const ago = (days: number) => daysAfter(today, -days);
  for (const [index, { file }] of people.entries()) {
    const invited = file.trip.visaRoute === 'invitation';
    const visa = invited ? 'visa' : 'eVisa';
    const write = (
      who: 'protocol.in' | 'protocol.ru',
      requirement: ItemInput['requirement'],
      state: ItemInput['state'],
      on: string,
    ) =>
      recordItem(
        db,
        as(who),
        file.trip.id,
        {
          requirement,
          state,
          on,
          validUntil: state === 'done' && requirement === visa ? daysAfter(file.trip.endsOn, 30) : null,
        },
        today,
      );
    const stage = index % 4;
    await write('protocol.in', 'institute', stage === 3 ? 'asked' : 'done', ago(stage === 3 ? 6 : 20));
    await write('protocol.in', 'funding', 'done', ago(15));
    await write('protocol.ru', 'sitePass', stage === 0 ? 'done' : 'asked', ago(stage === 0 ? 2 : 9));
    if (stage < 3) await write('protocol.in', 'hospitality', stage < 2 ? 'done' : 'asked', ago(6));
    if (invited)
      await write('protocol.ru', 'invitation', stage < 2 ? 'done' : 'asked', ago(stage < 2 ? 4 : 50));
    if (stage < 3)
      await write('protocol.in', 'clearance', stage < 2 ? 'done' : 'asked', ago(stage < 2 ? 5 : 12));
    if (stage < 2) await write('protocol.in', 'insurance', 'done', ago(3));
    if (stage < 2 && file.trip.purpose === 'speak') await write('protocol.in', 'publication', 'done', ago(8));
    if (stage === 0) await write('protocol.in', visa, 'done', ago(2));
    if (stage === 1) await write('protocol.in', visa, 'asked', ago(1));
  }
  const refused = people[6];
  if (refused) {
    const input = { requirement: 'clearance', state: 'refused', on: ago(1), validUntil: null } as const;
    await recordItem(db, as('protocol.in'), refused.file.trip.id, input, today);
  }
}

async function begin(db: Db, as: Cast, event: string, now: Date): Promise<string> {
  const officer = as('coordinator.in');
  const places = await institutions(db);
  const homeInstitutionId = places.find((place) => place.code === 'TEXMIN')?.id ?? '';
  return planDelegation(db, officer, { event, homeInstitutionId, hotel: HOTEL }, now);
}

async function move(db: Db, as: Cast, reference: string, name: 'share' | 'close', now: Date): Promise<void> {
  const [record] = await db.select().from(delegation).where(eq(delegation.reference, reference));
  await moveDelegation(db, as('coordinator.in'), { reference, name, revision: record?.revision ?? '' }, now);
}

async function hostId(db: Db): Promise<string> {
  return (await institutions(db)).find((place) => place.code === 'GIREDMET')?.id ?? '';
}

function inMoscow(hostInstitutionId: string) {
  return {
    hostInstitutionId,
    city: { en: 'Moscow', ru: 'Москва' },
    venue: { en: 'GIREDMET', ru: 'Гиредмет' },
    timeZone: 'Europe/Moscow',
  };
}
