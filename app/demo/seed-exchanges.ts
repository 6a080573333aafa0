import { eq } from 'drizzle-orm';
import { askQuestion } from '#app/exchanges/ask-question.ts';
import type { CallContent } from '#app/exchanges/calls/call-schema.ts';
import { draftCall } from '#app/exchanges/calls/draft-call.ts';
import { signCall } from '#app/exchanges/calls/sign-call.ts';
import { declineApplication } from '#app/exchanges/decline-application.ts';
import { findIneligible } from '#app/exchanges/find-ineligible.ts';
import { makeAppeal } from '#app/exchanges/make-appeal.ts';
import { decideRequest } from '#app/exchanges/placements/decide-request.ts';
import { makeRequest } from '#app/exchanges/placements/make-request.ts';
import { writeNote } from '#app/exchanges/placements/write-note.ts';
import { refuseNomination } from '#app/exchanges/refuse-nomination.ts';
import { returnForCorrection } from '#app/exchanges/return-for-correction.ts';
import { saveApplication } from '#app/exchanges/save-application.ts';
import { submitApplication } from '#app/exchanges/submit-application.ts';
import { translateApplication } from '#app/exchanges/translate-application.ts';
import { withdrawApplication } from '#app/exchanges/withdraw-application.ts';
import { institutions } from '#app/people/queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { currentVersion } from '#app/platform/versions.server.ts';
import type { Db } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import type { Side } from '#db/schema/shared.ts';
import { actingAs } from './acting.ts';
import { dateOn, onDay } from './days.ts';
import { extraction, magnets, metals, recycling, tailings } from './exchange-calls.ts';
import { PLANS, type PlanName } from './exchange-plans.ts';
import { giveReview, rank, reviewAll } from './exchange-reviews.ts';
import { agreeProgramme, arrive, close, leave, report } from './exchange-stays.ts';
import {
  accept,
  apply,
  check,
  coordinatorOf,
  decision,
  nominate,
  other,
  type Stage,
} from './exchange-steps.ts';
import { type Cast, REVIEWERS } from './seed-people.ts';

/**
 * Calls and applications at every stage, told through the use cases of the portal, each on its own day: a call whose
 * stays are under way or over, one that was decided lately, one under review, an open one, and one that waits for a
 * signature.
 */
export async function seedExchanges(db: Db, as: Cast, now: Date): Promise<void> {
  const places = new Map((await institutions(db)).map(({ code, id }) => [code, id]));
  const [india = '', russia = ''] = [places.get('IITISM'), places.get('GIREDMET')];
  const signers = { signerIn: india, signerRu: russia };
  const stage: Stage = { db, as, now, hosts: { in: india, ru: russia } };

  await stays(stage, await publish(stage, magnets(now, signers), -332));
  await decisions(stage, await publish(stage, metals(now, signers), -102));
  await reviews(stage, await publish(stage, tailings(now, signers), -62));

  const open = await publish(stage, extraction(now, signers), -5);
  for (const name of ['cascade', 'reagents'] as const) {
    await apply(stage, await applicant(stage, name), open, PLANS[name], { applied: -1, starts: 110 }, false);
  }
  const { reference } = await draftCall(db, as('coordinator.in'), { content: recycling(now, signers) }, now);
  await sign(stage, as('coordinator.in'), reference, now);
}

async function publish(stage: Stage, content: CallContent, day: number): Promise<string> {
  const { db, as, now } = stage;
  const when = onDay(now, day);
  const { reference } = await draftCall(db, as('coordinator.in'), { content }, when);
  await sign(stage, as('coordinator.in'), reference, when);
  await sign(stage, as('coordinator.ru'), reference, when);
  return reference;
}

async function sign({ db }: Stage, actor: PersonActor, reference: string, when: Date): Promise<void> {
  const [drafted] = await db.select({ id: call.id }).from(call).where(eq(call.reference, reference));
  const version = drafted && (await currentVersion(db, 'call', drafted.id));
  if (!version) throw new Error(`the call ${reference} has no text to sign`);
  await signCall(db, actor, { reference, hashShown: version.hash, locale: actor.locale }, when);
}

/** Whoever can sign in is known by the name of the account, everybody else by the address. */
function applicant({ db, as }: Stage, name: PlanName): Promise<PersonActor> | PersonActor {
  const { who } = PLANS[name];
  return who.includes('@') ? actingAs(db, who) : as(who);
}

type Applied = { reference: string; id: string; who: PersonActor; side: Side };

/** Applications to a call, handed in on one day. */
async function applied<N extends PlanName>(
  stage: Stage,
  callReference: string,
  names: readonly N[],
  days: { applied: number; starts: number },
): Promise<Record<N, Applied>> {
  const made = {} as Record<N, Applied>;
  for (const name of names) {
    const who = await applicant(stage, name);
    const { reference, id } = await apply(stage, who, callReference, PLANS[name], days);
    made[name] = { reference, id, who, side: who.side ?? 'in' };
  }
  return made;
}

/** One reviewer of each side, who have no part in anything else. */
const committee = async ({ db }: Stage): Promise<[PersonActor, PersonActor]> => [
  await actingAs(db, REVIEWERS[0]),
  await actingAs(db, REVIEWERS[1]),
];

/** Decided long ago: what became of each place. */
async function stays(stage: Stage, callReference: string): Promise<void> {
  const { db, now } = stage;
  const toRussia = [
    'decrepitation',
    'coercivity',
    'alloy',
    'motors',
    'leaching',
    'coatings',
    'oxygen',
  ] as const;
  const toIndia = ['pressing', 'cells', 'hysteresis', 'sintering', 'standards'] as const;
  const all = await applied(stage, callReference, [...toRussia, ...toIndia, 'jetmilling', 'model'], {
    applied: -290,
    starts: -200,
  });
  const { model, jetmilling } = all;
  await withdrawApplication(
    db,
    model.who,
    {
      ...(await decision(db, model.reference)),
      reason: 'The pre-submission seminar was moved to the same weeks.',
    },
    onDay(now, -280),
  );
  for (const name of [...toRussia, ...toIndia]) {
    await check(stage, all[name].side, all[name].reference, -265);
  }
  await findIneligible(
    db,
    coordinatorOf(stage, jetmilling.side),
    {
      ...(await decision(db, jetmilling.reference)),
      reason: 'The report on your stay of last year is still missing; please hand it in first.',
    },
    onDay(now, -265),
  );
  const ranked = [toRussia, toIndia].flatMap((names) =>
    names.map((name, place) => ({ id: all[name].id, place })),
  );
  await reviewAll(stage, callReference, ranked, await committee(stage), {
    assigned: -260,
    due: -248,
    submitted: -250,
  });
  await rank(stage, callReference, { in: 1, ru: 1 }, -245);

  // The sixth was refused at home and the fifth by the host: the reserve moves up once, and nobody is left after it.
  const { leaching, coatings } = all;
  for (const name of [...toRussia.slice(0, 5), ...toIndia.slice(0, 4)]) {
    await nominate(stage, all[name].side, all[name].reference, -238);
  }
  await refuseNomination(
    db,
    coordinatorOf(stage, coatings.side),
    {
      ...(await decision(db, coatings.reference)),
      reason: 'The project that was to pay the journey has ended; we nominate again for the next call.',
    },
    onDay(now, -237),
  );
  await nominate(stage, 'in', all.oxygen.reference, -234);
  await declineApplication(
    db,
    coordinatorOf(stage, other(leaching.side)),
    {
      ...(await decision(db, leaching.reference)),
      reason: 'Стенд на реконструкции до конца года; просим подать заявку на следующий конкурс.',
    },
    onDay(now, -230),
  );

  const planned = {
    decrepitation: [-195, -125],
    pressing: [-190, -134],
    coercivity: [-105, -22],
    cells: [-98, -16],
    alloy: [-40, 29],
    hysteresis: [-30, 53],
    oxygen: [-60, 12],
    motors: [-70, -15],
    sintering: [-50, -9],
  } as const;
  for (const [name, [from, until]] of Object.entries(planned)) {
    const stay = all[name as keyof typeof planned];
    await accept(stage, stay.side, stay.reference, { day: -228, from, until });
    await agreeProgramme(stage, stay, -215);
  }
  const arrived = [
    'decrepitation',
    'pressing',
    'coercivity',
    'cells',
    'alloy',
    'hysteresis',
    'oxygen',
  ] as const;
  for (const name of arrived) await arrive(stage, all[name], planned[name][0]);
  for (const name of arrived.slice(0, 4)) await leave(stage, all[name], planned[name as 'cells'][1]);
  for (const [name, day] of [
    ['decrepitation', -120],
    ['pressing', -128],
    ['coercivity', -10],
  ] as const) {
    await report(stage, all[name], day);
  }
  await close(stage, all.decrepitation, -100);
  await close(stage, all.pressing, -95);

  const { motors, sintering, hysteresis, alloy } = all;
  const ask = (of: Applied, by: PersonActor, kind: string, reason: string, day: number, newDate?: number) =>
    makeRequest(
      db,
      by,
      {
        reference: of.reference,
        kind,
        reason,
        ...(newDate !== undefined && { newDate: dateOn(now, newDate) }),
      },
      onDay(now, day),
    );
  const grant = (of: Applied, by: PersonActor, day: number) =>
    decideRequest(db, by, { reference: of.reference, number: 1, outcome: 'granted' }, onDay(now, day));
  await ask(
    motors,
    coordinatorOf(stage, 'ru'),
    'no-show',
    'Участник не прибыл и на письма не отвечает.',
    -60,
  );
  await grant(motors, coordinatorOf(stage, 'in'), -58);
  await ask(
    sintering,
    sintering.who,
    'force-majeure',
    'Рейсы отменены из-за закрытия воздушного пространства.',
    -53,
  );
  await grant(sintering, coordinatorOf(stage, 'ru'), -52);
  await ask(
    hysteresis,
    hysteresis.who,
    'extension',
    'Ещё две серии измерений после ремонта магнитометра.',
    -2,
    70,
  );
  await writeNote(
    db,
    alloy.who,
    {
      reference: alloy.reference,
      month: `${dateOn(now, -5).slice(0, 7)}-01`,
      words:
        'Six casts done, wheel speed from 20 to 32 m/s. The microstructure of the fourth is the best so far.',
      locale: 'en',
    },
    onDay(now, -3),
  );
}

/** Decided lately: places are nominated, answered, and the first programmes signed. */
async function decisions(stage: Stage, callReference: string): Promise<void> {
  const { db, now } = stage;
  const toRussia = ['scandium', 'zone', 'tellurium', 'germanium', 'indium', 'tantalum', 'niobium'] as const;
  const toIndia = ['lanthanum', 'yttrium', 'arsenic', 'rhenium'] as const;
  const all = await applied(stage, callReference, [...toRussia, ...toIndia], { applied: -50, starts: 75 });
  for (const name of [...toRussia, ...toIndia]) {
    await check(stage, all[name].side, all[name].reference, -38);
  }
  const ranked = [toRussia, toIndia].flatMap((names) =>
    names.map((name, place) => ({ id: all[name].id, place })),
  );
  await reviewAll(stage, callReference, ranked, await committee(stage), {
    assigned: -36,
    due: -18,
    submitted: -20,
  });
  await rank(stage, callReference, { in: 1, ru: 1 }, -14);

  for (const name of ['scandium', 'zone', 'tellurium', 'germanium', 'lanthanum', 'yttrium'] as const) {
    await nominate(stage, all[name].side, all[name].reference, -12);
  }
  const { scandium, zone, tellurium, yttrium } = all;
  await accept(stage, 'in', zone.reference, { day: -9, from: 62, until: 145 });
  await agreeProgramme(stage, zone, -6);
  await accept(stage, 'in', scandium.reference, { day: -8, from: 90, until: 159 });
  await agreeProgramme(stage, scandium, -4, 2);
  await accept(stage, 'ru', yttrium.reference, { day: -7, from: 80, until: 135 });
  await askQuestion(
    db,
    coordinatorOf(stage, 'ru'),
    {
      ...(await decision(db, tellurium.reference)),
      question: 'Нужна ли для дистилляции вакуумная печь с кварцевой ретортой? Свободна только малая.',
    },
    onDay(now, -2),
  );
}

/** Closed a week ago: checked, returned, under review. */
async function reviews(stage: Stage, callReference: string): Promise<void> {
  const { db, now, as } = stage;
  const reviewed = ['mud', 'dumps', 'flotation', 'twin'] as const;
  const all = await applied(stage, callReference, [...reviewed, 'monazite', 'sensors', 'gold', 'slag'], {
    applied: -12,
    starts: 95,
  });
  for (const name of reviewed) await check(stage, all[name].side, all[name].reference, -6);
  await reviewAll(
    stage,
    callReference,
    reviewed.map((name, place) => ({ id: all[name].id, place })),
    [as('supervisor.in'), as('supervisor.ru')],
    { assigned: -5, due: 9, submitted: null },
  );
  await giveReview(stage, all.mud.id, as('supervisor.in'), [5, 4, 5], -2);
  await giveReview(stage, all.mud.id, as('supervisor.ru'), [5, 5, 4], -1);
  await giveReview(stage, all.flotation.id, as('supervisor.in'), [4, 4, 3], -1);

  await correctAndTranslate(stage, callReference, all.sensors, all.gold);

  const { monazite, slag } = all;
  await returnForCorrection(
    db,
    coordinatorOf(stage, 'in'),
    {
      ...(await decision(db, monazite.reference)),
      comments: { plan: 'Please say where the samples come from, and who owns them.' },
      dueOn: dateOn(now, 8),
    },
    onDay(now, -3),
  );
  await findIneligible(
    db,
    coordinatorOf(stage, 'in'),
    {
      ...(await decision(db, slag.reference)),
      reason: 'The plan is about slag; the call is about dumps and tailings.',
    },
    onDay(now, -2),
  );
  await makeAppeal(
    db,
    slag.who,
    {
      ...(await decision(db, slag.reference)),
      words: 'The slag lies in the dump of the works and is mined from there; section 2 of the plan says so.',
      locale: 'en',
    },
    onDay(now, -1),
  );
}

/** One was returned and handed in again, so that its versions differ; another has its plan in both languages. */
async function correctAndTranslate(
  stage: Stage,
  callReference: string,
  returned: Applied,
  translated: Applied,
): Promise<void> {
  const { db, now } = stage;
  await returnForCorrection(
    db,
    coordinatorOf(stage, returned.side),
    {
      ...(await decision(db, returned.reference)),
      comments: { plan: 'Укажите, какие датчики ставятся и кто их обслуживает.' },
      dueOn: dateOn(now, 2),
    },
    onDay(now, -6),
  );
  const { revision } = await decision(db, returned.reference);
  const workPlan = `${PLANS.sensors.text} Датчики мутности и расхода; обслуживает принимающая лаборатория.`;
  await saveApplication(db, returned.who, { callReference, fields: { workPlan }, revision }, onDay(now, -4));
  await submitApplication(
    db,
    returned.who,
    { callReference, revision: (await decision(db, returned.reference)).revision },
    onDay(now, -4),
  );
  const [row] = await db
    .select({ versionId: application.submittedVersionId })
    .from(application)
    .where(eq(application.reference, translated.reference));
  await translateApplication(db, translated.who, {
    reference: translated.reference,
    versionId: row?.versionId ?? '',
    fields: {
      title: 'Recovery of what old tailings still hold',
      workPlan: 'Sampling, heap leaching in columns, an estimate of costs.',
    },
  });
}
