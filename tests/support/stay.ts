import { CAPACITIES, type Capacity } from '#app/exchanges/placements/capacities.ts';
import { confirmArrival } from '#app/exchanges/placements/confirm-arrival.ts';
import { confirmDeparture } from '#app/exchanges/placements/confirm-departure.ts';
import { evaluateStay } from '#app/exchanges/placements/evaluate-stay.ts';
import { layProgramme } from '#app/exchanges/placements/lay-programme.ts';
import { recordCosts } from '#app/exchanges/placements/record-costs.ts';
import { signProgramme } from '#app/exchanges/placements/sign-programme.ts';
import { writeReport } from '#app/exchanges/placements/write-report.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { addApplication, addCall, addExchangePeople, type ExchangePeople, makeAccepted } from './exchange.ts';
import { addPerson } from './thesis.ts';

const DAY = 86_400_000;

export type StayPeople = ExchangePeople & { hostSupervisor: PersonActor };

/** So many days after an instant, and its calendar date. */
export const after = (now: Date, days: number) => new Date(now.getTime() + days * DAY);
export const onDay = (now: Date, days: number) => after(now, days).toISOString().slice(0, 10);

/** A student of Dhanbad whose application GIREDMET has accepted: the programme is to be written. Stay: day 70 to 112. */
export async function addStay(
  db: Db,
  now: Date,
  options: { people?: ExchangePeople; hostSupervisor?: PersonActor; from?: number; until?: number } = {},
): Promise<{ people: StayPeople; reference: string }> {
  const people = options.people ?? (await addExchangePeople(db));
  const hostSupervisor = options.hostSupervisor ?? (await addPerson(db, 'GIREDMET', ['supervisor']));
  const call = await addCall(db, people, now, { stayUntil: onDay(now, 400), weeksMax: 60 });
  const fields = { wishedStart: onDay(now, options.from ?? 70) };
  const { reference } = await addApplication(db, people.student, call, now, { fields });
  await makeAccepted(db, people, reference, now, { ...options, hostSupervisor });
  return { people: { ...people, hostSupervisor }, reference };
}

/** A complete programme as the form sends it. */
export function typedProgramme(now: Date, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    startsOn: onDay(now, 70),
    endsOn: onDay(now, 112),
    objectives: { en: 'Separate heavy rare earths.', ru: 'Разделить тяжёлые РЗЭ.' },
    outputs: { en: 'A data set and a paper.', ru: 'Набор данных и статья.' },
    tasks: [
      { from: '1', to: '2', text: 'Batch extraction with P507' },
      { from: '3', to: '6', text: 'Counter-current trial' },
      { from: '', to: '', text: '' },
    ],
    equipment: 'ICP-MS',
    siteAccess: 'Building 3, pilot plant',
    safety: 'Induction on the first day, by the host',
    insurance: 'Medical, whole stay, by the home institution',
    costs: {
      travel: { amount: '45 000,50', currency: 'INR', payer: 'home' },
      lodging: { amount: '60000', currency: 'RUB', payer: 'host' },
    },
    ...change,
  };
}

type StayRow = {
  id: string;
  state: string;
  revision: string;
  starts_on: string;
  ends_on: string;
  programme_version_id: string | null;
};

/** The row of a stay. */
export async function stayRow(db: Db, reference: string): Promise<StayRow> {
  const { rows } = await db.$client.query<StayRow>(
    `select id, state, revision, starts_on::text, ends_on::text, programme_version_id
     from placement where reference = $1`,
    [reference],
  );
  const [row] = rows;
  if (!row) throw new Error(`No stay ${reference}`);
  return row;
}

/** Hash of the newest version of a stay's programme or closing. */
export async function laidHash(db: Db, reference: string, subject: 'programme' | 'closing') {
  const { rows } = await db.$client.query<{ hash: string }>(
    `select v.hash from version v join placement p on p.id = v.subject_id
     where p.reference = $1 and v.subject_type = $2 order by v.number desc limit 1`,
    [reference, subject],
  );
  return rows[0]?.hash ?? '';
}

/** Who signs in each capacity. */
export function signatoryOf(people: StayPeople, capacity: Capacity): PersonActor {
  return {
    participant: people.student,
    'home-coordinator': people.homeCoordinator,
    'host-supervisor': people.hostSupervisor,
    'host-coordinator': people.hostCoordinator,
  }[capacity];
}

/** Lays a programme before all four. */
export async function layStay(
  db: Db,
  people: StayPeople,
  reference: string,
  now: Date,
  options: { change?: Record<string, unknown>; reason?: string } = {},
): Promise<void> {
  const { revision } = await stayRow(db, reference);
  const programme = typedProgramme(now, options.change);
  await layProgramme(db, people.student, { reference, revision, programme, reason: options.reason });
}

/** Signs what is laid in the capacities given, all four unless told. */
export async function signStay(
  db: Db,
  people: StayPeople,
  reference: string,
  now: Date,
  capacities: readonly Capacity[] = CAPACITIES,
): Promise<void> {
  const hashShown = await laidHash(db, reference, 'programme');
  for (const as of capacities) {
    const input = { reference, hashShown, as, locale: 'en' as const };
    await signProgramme(db, signatoryOf(people, as), input, now);
  }
}

/** A stay whose programme all four have signed. */
export async function makePreparing(db: Db, people: StayPeople, reference: string, now: Date) {
  await layStay(db, people, reference, now);
  await signStay(db, people, reference, now);
}

/** A stay that began on its first day. */
export async function makeArrived(db: Db, people: StayPeople, reference: string, now: Date) {
  await makePreparing(db, people, reference, now);
  const { revision, starts_on: arrivedOn } = await stayRow(db, reference);
  await confirmArrival(db, people.hostCoordinator, { reference, revision, arrivedOn }, after(now, 71));
}

/** A stay that ended on its last day. */
export async function makeReturned(db: Db, people: StayPeople, reference: string, now: Date) {
  await makeArrived(db, people, reference, now);
  const { revision, ends_on: leftOn } = await stayRow(db, reference);
  await confirmDeparture(db, people.hostCoordinator, { reference, revision, leftOn }, after(now, 113));
}

/** A stay with report, evaluation, costs, and a name that certificates can print. */
export async function makeClosable(db: Db, people: StayPeople, reference: string, now: Date) {
  await makeReturned(db, people, reference, now);
  const later = after(now, 120);
  await confirmName(db, people.student);
  const rest = { reference, locale: 'en' };
  const at = async () => (await stayRow(db, reference)).revision;
  const report = { report: 'Six weeks of extraction.', submit: true };
  await writeReport(db, people.student, { ...rest, ...report, revision: await at() }, later);
  const said = { grade: 'good', evaluation: 'Careful work.' };
  await evaluateStay(db, people.hostSupervisor, { ...rest, ...said, revision: await at() }, later);
  const home = { reference, revision: await at(), amounts: { travel: '46 200' } };
  await recordCosts(db, people.homeCoordinator, home);
  const host = { reference, revision: await at(), amounts: { lodging: '60000' } };
  await recordCosts(db, people.hostCoordinator, host);
}

/** Both spellings of a name are confirmed by a person. */
export async function confirmName(db: Db, who: PersonActor): Promise<void> {
  await db.$client.query(
    `update person set given_name = 'Deepika', family_name = 'Kumari', given_name_ru = 'Дипика',
       family_name_ru = 'Кумари', latin_spelling = 'confirmed', cyrillic_spelling = 'confirmed' where id = $1`,
    [who.personId],
  );
}
