import { and, eq } from 'drizzle-orm';
import { acceptApplication } from '#app/exchanges/accept-application.ts';
import { answerEndorsement } from '#app/exchanges/answer-endorsement.ts';
import { askEndorsement } from '#app/exchanges/ask-endorsement.ts';
import type { CallContent } from '#app/exchanges/calls/call-schema.ts';
import { draftCall } from '#app/exchanges/calls/draft-call.ts';
import { signCall } from '#app/exchanges/calls/sign-call.ts';
import { declareApplication } from '#app/exchanges/declare-application.ts';
import { declineApplication } from '#app/exchanges/decline-application.ts';
import { findEligible } from '#app/exchanges/find-eligible.ts';
import { nominateApplication } from '#app/exchanges/nominate-application.ts';
import { refuseNomination } from '#app/exchanges/refuse-nomination.ts';
import { saveApplication } from '#app/exchanges/save-application.ts';
import { submitApplication } from '#app/exchanges/submit-application.ts';
import { withdrawApplication } from '#app/exchanges/withdraw-application.ts';
import { institutions } from '#app/people/queries.ts';
import { supervisorsAt } from '#app/people/supervisor-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import { currentVersion } from '#app/platform/versions.server.ts';
import type { Db } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { actingAs } from './acting.ts';
import type { Cast } from './seed-people.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Days from the day of seeding, at the minute a notice gives: 18:00 in Moscow. */
function onDay(now: Date, days: number): Date {
  const day = new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
  return new Date(`${day}T18:00:00+03:00`);
}

const dateOn = (now: Date, days: number) => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);

/** An open call, one whose deadline has passed with applications at every stage, and one that waits for a signature. */
export async function seedExchanges(db: Db, as: Cast, now: Date): Promise<void> {
  const places = new Map((await institutions(db)).map(({ code, id }) => [code, id]));
  const signers = { signerIn: places.get('IITISM') ?? '', signerRu: places.get('GIREDMET') ?? '' };

  const past = new Date(now.getTime() - 60 * DAY);
  const former = await publish(db, as, magnets(now, signers), past);
  await applications(db, as, former, signers, now);
  await publish(db, as, extraction(now, signers), new Date(now.getTime() - 5 * DAY));

  const { reference } = await draftCall(db, as('coordinator.in'), { content: recycling(now, signers) }, now);
  await sign(db, as('coordinator.in'), reference, now);
}

async function publish(db: Db, as: Cast, content: CallContent, when: Date): Promise<string> {
  const { reference } = await draftCall(db, as('coordinator.in'), { content }, when);
  await sign(db, as('coordinator.in'), reference, when);
  await sign(db, as('coordinator.ru'), reference, when);
  return reference;
}

async function sign(db: Db, actor: PersonActor, reference: string, when: Date): Promise<void> {
  const [drafted] = await db.select({ id: call.id }).from(call).where(eq(call.reference, reference));
  const version = drafted && (await currentVersion(db, 'call', drafted.id));
  if (!version) throw new Error(`the call ${reference} has no text to sign`);
  await signCall(db, actor, { reference, hashShown: version.hash, locale: actor.locale }, when);
}

type Plan = {
  who: PersonActor;
  host: string;
  title: string;
  plan: string;
  weeks: number;
};

/** Applications to the call whose deadline has passed, one at each stage. */
async function applications(
  db: Db,
  as: Cast,
  callReference: string,
  signers: { signerIn: string; signerRu: string },
  now: Date,
): Promise<void> {
  const { signerIn: india, signerRu: russia } = signers;
  const home = (side: 'in' | 'ru') => as(`coordinator.${side}`);
  const other = (side: 'in' | 'ru') => (side === 'in' ? 'ru' : 'in');
  const apply = async ({ who, host, title, plan, weeks }: Plan, day: number) => {
    const when = onDay(now, day);
    await saveApplication(
      db,
      who,
      {
        callReference,
        fields: {
          title,
          workPlan: plan,
          workPlanLocale: who.locale,
          homeInstitutionId: who.institutionId,
          hostInstitutionId: host,
          wishedStart: dateOn(now, 75),
          weeks: String(weeks),
        },
      },
      when,
    );
    await endorse(db, who, callReference, when);
    await declareApplication(
      db,
      who,
      { callReference, declared: true, consent: true, locale: who.locale },
      when,
    );
    return submitApplication(
      db,
      who,
      { callReference, revision: await revisionOf(db, who, callReference) },
      when,
    );
  };
  const decision = async (reference: string) => {
    const [row] = await db
      .select({ revision: application.revision })
      .from(application)
      .where(eq(application.reference, reference));
    return { reference, revision: row?.revision ?? '' };
  };
  const check = async (reference: string, side: 'in' | 'ru') =>
    findEligible(db, home(side), await decision(reference), onDay(now, -8));
  const nominate = async (reference: string, side: 'in' | 'ru') => {
    await check(reference, side);
    await nominateApplication(
      db,
      home(side),
      { ...(await decision(reference)), confirmed: true },
      onDay(now, -6),
    );
  };

  const accepted = await apply(
    {
      who: as('expert.in'),
      host: russia,
      title: 'Hydrogen decrepitation of Nd–Fe–B scrap',
      plan: 'Weeks 1–3: training on the decrepitation line.\nWeeks 4–8: three series with magnets from motors and hard drives.\nWeeks 9–10: oxygen and particle-size analysis, report.',
      weeks: 10,
    },
    -20,
  );
  await nominate(accepted.reference, 'in');
  await acceptApplication(
    db,
    home(other('in')),
    {
      ...(await decision(accepted.reference)),
      stay: {
        hostSupervisorId: as('supervisor.ru').personId,
        laboratory: 'Лаборатория магнитных материалов',
        stayFrom: dateOn(now, 80),
        stayUntil: dateOn(now, 150),
      },
    },
    onDay(now, -2),
  );

  const nominated = await apply(
    {
      who: as('expert.ru'),
      host: india,
      title: 'Пилотные испытания экстракции тяжёлых РЗЭ',
      plan: 'Четыре недели — пуск противоточного каскада на опытной установке; две недели — материальный баланс и отчёт.',
      weeks: 6,
    },
    -19,
  );
  await nominate(nominated.reference, 'ru');

  const waiting = await apply(
    {
      who: as('student.ru'),
      host: india,
      title: 'Магнитные свойства спечённых блоков после рециклинга',
      plan: 'Измерение петель гистерезиса на оборудовании ИТИ (ИГШ), сравнение с исходными блоками, совместная статья.',
      weeks: 8,
    },
    -14,
  );
  // Left with the home coordinator: the demo's own task on her front page.
  await decision(waiting.reference);

  await apply(
    {
      who: await actingAs(db, 'joseph.agarwal@iitism.example'),
      host: russia,
      title: 'Rare earths from red mud: leaching kinetics',
      plan: 'Kinetic series in the leaching laboratory, two temperatures a week; comparison with the Dhanbad series.',
      weeks: 12,
    },
    -15,
  );

  const declined = await apply(
    {
      who: await actingAs(db, 'tanvi.jha@iitism.example'),
      host: russia,
      title: 'Separation of nickel and cobalt from spent cells',
      plan: 'Batch extraction with Cyanex 272, then a mixer-settler run; analysis by ICP-OES.',
      weeks: 12,
    },
    -16,
  );
  await nominate(declined.reference, 'in');
  await declineApplication(
    db,
    home('ru'),
    {
      ...(await decision(declined.reference)),
      reason: 'Стенд на реконструкции до конца апреля; просим подать заявку на следующий конкурс.',
    },
    onDay(now, -1),
  );

  const refused = await apply(
    {
      who: await actingAs(db, 'oleg.vorobev@giredmet.example'),
      host: india,
      title: 'Переработка хвостов: минералогия',
      plan: 'Описание проб, рентгенофазовый анализ, оценка извлечения.',
      weeks: 6,
    },
    -17,
  );
  await check(refused.reference, 'ru');
  await refuseNomination(
    db,
    home('ru'),
    {
      ...(await decision(refused.reference)),
      reason: 'Полевой сезон совпадает со сроком стажировки; выдвинем на следующий конкурс.',
    },
    onDay(now, -4),
  );

  const withdrawn = await apply(
    {
      who: await actingAs(db, 'aleksei.solovev@giredmet.example'),
      host: india,
      title: 'Прессование порошков в магнитном поле',
      plan: 'Серия прессовок при трёх значениях поля, спекание, измерения.',
      weeks: 4,
    },
    -18,
  );
  await withdrawApplication(
    db,
    await actingAs(db, 'aleksei.solovev@giredmet.example'),
    { ...(await decision(withdrawn.reference)), reason: 'Дата предзащиты перенесена.' },
    onDay(now, -12),
  );
}

const ENDORSEMENTS = {
  en: 'The plan continues the series in the thesis; the equipment it needs is not in Dhanbad. I support the stay.',
  ru: 'План продолжает серию опытов диссертации; нужного оборудования у нас нет. Стажировку поддерживаю.',
};

/** A supervisor of the applicant's institution is asked, and endorses. */
async function endorse(db: Db, who: PersonActor, callReference: string, when: Date): Promise<void> {
  const supervisors = await supervisorsAt(db, who.institutionId);
  const one = supervisors.find(({ id }) => id !== who.personId);
  if (!one) throw new Error('nobody in the demo supervises there');
  const fields = { supervisorId: one.id };
  // Nobody follows the link of the past: it closes with the answer.
  const endorsementId = await askEndorsement(db, who, { callReference, fields }, when, 'demo');
  const supervisor: PersonActor = { ...who, personId: one.id, accountId: one.id, grants: [] };
  const words = ENDORSEMENTS[who.locale];
  await answerEndorsement(
    db,
    supervisor,
    { endorsementId, decision: 'give', words, locale: who.locale },
    when,
  );
}

async function revisionOf(db: Db, who: PersonActor, callReference: string): Promise<string> {
  const [row] = await db
    .select({ revision: application.revision })
    .from(application)
    .innerJoin(call, eq(call.id, application.callId))
    .where(and(eq(call.reference, callReference), eq(application.applicantId, who.personId)));
  return row?.revision ?? '';
}

type Signers = { signerIn: string; signerRu: string };

const COSTS: CallContent['costs'] = {
  in: {
    en: 'The Indian side pays travel of its applicants; when it hosts, lodging on the campus and a monthly allowance.',
    ru: 'Индийская сторона оплачивает проезд своих заявителей; принимая — проживание в кампусе и ежемесячную выплату.',
  },
  ru: {
    en: 'The Russian side pays travel of its applicants; when it hosts, lodging and access to equipment.',
    ru: 'Российская сторона оплачивает проезд своих заявителей; принимая — проживание и доступ к оборудованию.',
  },
};

const CONDITIONS: CallContent['conditions'] = {
  en: 'The home institution nominates, the host institution answers. The passport is asked for only after acceptance. Site access at GIREDMET takes about six weeks.',
  ru: 'Направляющая организация выдвигает, принимающая отвечает. Паспорт запрашивается только после согласия принимающей стороны. Пропуск на территорию Гиредмета оформляется около шести недель.',
};

const CV: CallContent['documents'][number] = {
  code: 'cv',
  title: { en: 'CV with a list of publications', ru: 'Резюме со списком публикаций' },
  required: true,
};

/** How both sides' reviewers score. */
const RUBRIC: CallContent['rubric'] = {
  scale: { min: 1, max: 5 },
  criteria: [
    {
      code: 'c1',
      title: { en: 'Scientific quality of the work plan', ru: 'Научный уровень плана работы' },
      weight: 40,
    },
    {
      code: 'c2',
      title: { en: 'Feasibility within the stay', ru: 'Выполнимость за время стажировки' },
      weight: 30,
    },
    {
      code: 'c3',
      title: { en: 'Use to both institutions', ru: 'Польза для обеих организаций' },
      weight: 30,
    },
  ],
  grades: [
    { value: 1, text: { en: 'Does not meet the criterion', ru: 'Критерию не соответствует' } },
    {
      value: 2,
      text: {
        en: 'Meets it in part, with serious gaps',
        ru: 'Соответствует частично, есть серьёзные пробелы',
      },
    },
    {
      value: 3,
      text: { en: 'Meets it, with some weaknesses', ru: 'Соответствует, есть отдельные недостатки' },
    },
    { value: 4, text: { en: 'Meets it well', ru: 'Хорошо соответствует' } },
    {
      value: 5,
      text: { en: 'Meets it fully and convincingly', ru: 'Полностью и убедительно соответствует' },
    },
  ],
};

/** Open now: students of both sides can apply. */
function extraction(now: Date, signers: Signers): CallContent {
  return {
    direction: 'both',
    title: {
      en: 'Hydrometallurgy of rare earths: stays of 4 to 12 weeks',
      ru: 'Гидрометаллургия редкоземельных элементов: стажировки на 4–12 недель',
    },
    summary: {
      en: 'Work with the extraction cascades of GIREDMET or on the pilot plant in Dhanbad, on a task that both supervisors want solved.',
      ru: 'Работа на экстракционных каскадах Гиредмета или на опытной установке в Дханбаде над задачей, которая нужна обоим руководителям.',
    },
    conditions: CONDITIONS,
    areas: [
      { en: 'Solvent extraction', ru: 'Жидкостная экстракция' },
      { en: 'Processing of tailings', ru: 'Переработка хвостов' },
    ],
    eligible: ['student', 'researcher', 'engineer'],
    opensAt: onDay(now, -5).toISOString(),
    deadline: onDay(now, 24).toISOString(),
    deadlineZone: 'Europe/Moscow',
    nominateBy: onDay(now, 40).toISOString(),
    answerBy: onDay(now, 60).toISOString(),
    stayFrom: dateOn(now, 100),
    stayUntil: dateOn(now, 300),
    weeksMin: 4,
    weeksMax: 12,
    placesToIn: 4,
    placesToRu: 6,
    costs: COSTS,
    documents: [CV],
    rubric: RUBRIC,
    reviewersPerApplication: 2,
    blindReview: false,
    ...signers,
  };
}

/** Closed for applications; the two sides are deciding. */
function magnets(now: Date, signers: Signers): CallContent {
  return {
    ...extraction(now, signers),
    title: {
      en: 'Permanent magnets and recycling: spring stays',
      ru: 'Постоянные магниты и рециклинг: весенние стажировки',
    },
    summary: {
      en: 'From scrap to sintered block: decrepitation, alloy, powder, sintering and measurement.',
      ru: 'От лома до спечённого блока: измельчение водородом, сплав, порошок, спекание и измерения.',
    },
    areas: [
      { en: 'Permanent magnets', ru: 'Постоянные магниты' },
      { en: 'Battery recycling', ru: 'Переработка аккумуляторов' },
    ],
    opensAt: onDay(now, -50).toISOString(),
    deadline: onDay(now, -10).toISOString(),
    nominateBy: onDay(now, 3).toISOString(),
    answerBy: onDay(now, 21).toISOString(),
    stayFrom: dateOn(now, 60),
    stayUntil: dateOn(now, 200),
    documents: [{ ...CV, required: false }],
  };
}

/** Signed by the Indian side; waits for the Russian one. */
function recycling(now: Date, signers: Signers): CallContent {
  return {
    ...extraction(now, signers),
    direction: 'ru-in',
    placesToRu: 0,
    placesToIn: 3,
    title: {
      en: 'Lithium-ion batteries: stays in Dhanbad',
      ru: 'Литий-ионные аккумуляторы: стажировки в Дханбаде',
    },
    summary: {
      en: 'Hydrometallurgical recovery of lithium, nickel and cobalt on the pilot line of TEXMiN.',
      ru: 'Гидрометаллургическое извлечение лития, никеля и кобальта на опытной линии TEXMiN.',
    },
    areas: [{ en: 'Battery recycling', ru: 'Переработка аккумуляторов' }],
    opensAt: onDay(now, 5).toISOString(),
    deadline: onDay(now, 45).toISOString(),
    nominateBy: onDay(now, 60).toISOString(),
    answerBy: onDay(now, 80).toISOString(),
    stayFrom: dateOn(now, 120),
    stayUntil: dateOn(now, 330),
  };
}
