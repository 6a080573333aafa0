import { eq } from 'drizzle-orm';
import type { Capacity } from '#app/exchanges/placements/capacities.ts';
import { completeDuty } from '#app/exchanges/placements/complete-duty.ts';
import { confirmArrival } from '#app/exchanges/placements/confirm-arrival.ts';
import { confirmDeparture } from '#app/exchanges/placements/confirm-departure.ts';
import { evaluateStay } from '#app/exchanges/placements/evaluate-stay.ts';
import { layClosing } from '#app/exchanges/placements/lay-closing.ts';
import { layProgramme } from '#app/exchanges/placements/lay-programme.ts';
import { CLOSING, PROGRAMME } from '#app/exchanges/placements/programme-versions.ts';
import { recordCosts } from '#app/exchanges/placements/record-costs.ts';
import { recordOutputs } from '#app/exchanges/placements/record-outputs.ts';
import { signClosing } from '#app/exchanges/placements/sign-closing.ts';
import { signProgramme } from '#app/exchanges/placements/sign-programme.ts';
import { writeReport } from '#app/exchanges/placements/write-report.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { currentVersion } from '#app/platform/versions.server.ts';
import { placement } from '#db/schema/placements.ts';
import type { Side } from '#db/schema/shared.ts';
import { dateOn, onDay } from './days.ts';
import { coordinatorOf, other, type Stage } from './exchange-steps.ts';

/** A stay of the demo: whose it is, and from which side they come. */
export type Stay = { reference: string; who: PersonActor; side: Side };

export async function stayRow({ db }: Stage, reference: string) {
  const [found] = await db.select().from(placement).where(eq(placement.reference, reference));
  if (!found) throw new Error(`no placement ${reference}`);
  return found;
}

const TEXTS = {
  objectives: {
    en: 'Compare the material of both sides on one line, and agree on a common way of measuring it.',
    ru: 'Сопоставить материал обеих сторон на одной линии и согласовать общую методику измерений.',
  },
  outputs: {
    en: 'A data set of three series, and a joint paper handed in within half a year.',
    ru: 'Набор данных по трём сериям и совместная статья, поданная в течение полугода.',
  },
};

/** The participant writes the work programme and lays it before the four; the first `signed` of them sign. */
export async function agreeProgramme(stage: Stage, stay: Stay, day: number, signed = 4): Promise<void> {
  const { db, now, as } = stage;
  const when = onDay(now, day);
  const record = await stayRow(stage, stay.reference);
  const programme = {
    startsOn: record.startsOn,
    endsOn: record.endsOn,
    ...TEXTS,
    tasks: [
      { from: '1', to: '1', text: 'Safety briefing, training on the line' },
      { from: '2', to: '3', text: 'Three series of samples' },
      { from: '4', to: '4', text: 'Analysis, material balance, report' },
    ],
    equipment: 'Furnace up to 1,100 °C, ICP-OES, vibrating-sample magnetometer',
    siteAccess: stay.side === 'in' ? 'Pilot hall, building 3' : 'Pilot plant',
    safety: 'Introductory briefing on the first day, fire safety, work with hydrogen',
    insurance: 'Medical insurance for the whole stay, taken out by the home institution',
    costs: {
      travel: { amount: '62000', currency: stay.side === 'in' ? 'INR' : 'RUB', payer: 'home' },
      lodging: { amount: '48000', currency: stay.side === 'in' ? 'RUB' : 'INR', payer: 'host' },
    },
  };
  const { reference } = stay;
  await layProgramme(db, stay.who, { reference, revision: record.revision, programme });
  const host = other(stay.side);
  const pens: [PersonActor, Capacity][] = [
    [stay.who, 'participant'],
    [coordinatorOf(stage, stay.side), 'home-coordinator'],
    [as(host === 'in' ? 'supervisor.in' : 'supervisor.ru'), 'host-supervisor'],
    [coordinatorOf(stage, host), 'host-coordinator'],
  ];
  const version = await currentVersion(db, PROGRAMME, record.id);
  for (const [actor, as] of pens.slice(0, signed)) {
    const signing = { reference, hashShown: version?.hash ?? '', as, locale: actor.locale };
    await signProgramme(db, actor, signing, when);
  }
}

/** The host confirms the arrival on its day, and fulfils what the law asks of it. */
export async function arrive(stage: Stage, { reference, side }: Stay, day: number): Promise<void> {
  const { db, now } = stage;
  const host = coordinatorOf(stage, other(side));
  const { revision } = await stayRow(stage, reference);
  await confirmArrival(db, host, { reference, revision, arrivedOn: dateOn(now, day) }, onDay(now, day));
  const code = other(side) === 'ru' ? 'ru-notification' : 'in-form-c';
  await completeDuty(db, host, { reference, code, doneOn: dateOn(now, day + 1) }, onDay(now, day + 1));
}

export async function leave(stage: Stage, { reference, side }: Stay, day: number): Promise<void> {
  const { revision } = await stayRow(stage, reference);
  const input = { reference, revision, leftOn: dateOn(stage.now, day) };
  await confirmDeparture(stage.db, coordinatorOf(stage, other(side)), input, onDay(stage.now, day));
}

const REPORTS = {
  en: 'Three series were run as planned. The second was repeated after the furnace had been serviced. The balance closes within two per cent; a draft of the paper is with both supervisors.',
  ru: 'Три серии проведены по плану, вторая повторена после обслуживания печи. Баланс сходится в пределах двух процентов; черновик статьи у обоих руководителей.',
};

/** The participant hands in the report, with what came out of the stay. */
export async function report(stage: Stage, { reference, who }: Stay, day: number): Promise<void> {
  const { db, now } = stage;
  const outputs = [
    { kind: 'data', title: 'Series A–C: composition and magnetic properties', identifier: '' },
    { kind: 'publication', title: 'Comparison of two routes to sintered blocks (draft)', identifier: '' },
  ];
  let { revision } = await stayRow(stage, reference);
  await recordOutputs(db, who, { reference, revision, outputs });
  ({ revision } = await stayRow(stage, reference));
  const form = { reference, revision, report: REPORTS[who.locale], locale: who.locale, submit: true };
  await writeReport(db, who, form, onDay(now, day));
}

/** Evaluation, costs, and the signatures of both coordinators: the stay is closed and its certificate issued. */
export async function close(stage: Stage, stay: Stay, day: number): Promise<void> {
  const { db, now, as } = stage;
  const { reference, side } = stay;
  const when = onDay(now, day);
  const host = other(side);
  const supervisor = as(host === 'in' ? 'supervisor.in' : 'supervisor.ru');
  const evaluation =
    supervisor.locale === 'ru'
      ? 'Работа выполнена самостоятельно и аккуратно; результаты войдут в совместную статью.'
      : 'Worked independently and with care; the results go into the joint paper.';
  const revisionNow = async () => (await stayRow(stage, reference)).revision;
  await evaluateStay(
    db,
    supervisor,
    { reference, revision: await revisionNow(), grade: 'excellent', evaluation, locale: supervisor.locale },
    when,
  );
  const [home, guest] = [coordinatorOf(stage, side), coordinatorOf(stage, host)];
  await recordCosts(db, home, { reference, revision: await revisionNow(), amounts: { travel: '58400' } });
  await recordCosts(db, guest, { reference, revision: await revisionNow(), amounts: { lodging: '48000' } });
  await layClosing(db, home, { reference, revision: await revisionNow() });
  const record = await stayRow(stage, reference);
  const version = await currentVersion(db, CLOSING, record.id);
  const signing = (actor: PersonActor, as: Capacity) => ({
    reference,
    hashShown: version?.hash ?? '',
    as,
    locale: actor.locale,
  });
  await signClosing(db, home, signing(home, 'home-coordinator'), when);
  await signClosing(db, guest, signing(guest, 'host-coordinator'), when);
}
