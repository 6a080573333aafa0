import { and, eq } from 'drizzle-orm';
import { acceptApplication } from '#app/exchanges/accept-application.ts';
import { answerEndorsement } from '#app/exchanges/answer-endorsement.ts';
import { askEndorsement } from '#app/exchanges/ask-endorsement.ts';
import { declareApplication } from '#app/exchanges/declare-application.ts';
import { findEligible } from '#app/exchanges/find-eligible.ts';
import { nominateApplication } from '#app/exchanges/nominate-application.ts';
import { saveApplication } from '#app/exchanges/save-application.ts';
import { submitApplication } from '#app/exchanges/submit-application.ts';
import { supervisorsAt } from '#app/people/supervisor-queries.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { Db } from '#db/client.server.ts';
import { application, call } from '#db/schema/exchanges.ts';
import type { Locale, Side } from '#db/schema/shared.ts';
import { dateOn, onDay } from './days.ts';
import type { Plan } from './exchange-plans.ts';
import type { Cast } from './seed-people.ts';

const ENDORSEMENTS: Record<Locale, string> = {
  en: 'The plan continues the series in the thesis; the equipment it needs is not in our laboratory. I support the stay.',
  ru: 'План продолжает серию опытов диссертации; нужного оборудования у нас нет. Стажировку поддерживаю.',
};

/** Who stands where in the demo's exchanges, and the day from which all its dates are counted. */
export type Stage = {
  db: Db;
  as: Cast;
  now: Date;
  /** The institution of each side that receives. */
  hosts: Record<Side, string>;
};

export const coordinatorOf = ({ as }: Stage, side: Side) =>
  as(side === 'in' ? 'coordinator.in' : 'coordinator.ru');
export const other = (side: Side): Side => (side === 'in' ? 'ru' : 'in');

/** The applicant fills in the draft of an application, and with `submit` hands it in: all on one day. */
export async function apply(
  stage: Stage,
  who: PersonActor,
  callReference: string,
  plan: Plan,
  days: { applied: number; starts: number },
  submit = true,
): Promise<{ reference: string; id: string }> {
  const { db, now } = stage;
  const when = onDay(now, days.applied);
  const fields = {
    title: plan.title,
    workPlan: plan.text,
    workPlanLocale: who.locale,
    homeInstitutionId: who.institutionId,
    hostInstitutionId: stage.hosts[other(who.side ?? 'in')],
    wishedStart: dateOn(now, days.starts),
    weeks: String(plan.weeks),
  };
  const { reference, id } = await saveApplication(db, who, { callReference, fields }, when);
  if (!submit) return { reference, id };
  await endorse(db, who, callReference, when);
  const declared = { declared: true, consent: true, locale: who.locale };
  await declareApplication(db, who, { callReference, ...declared }, when);
  const { revision } = await decision(db, reference);
  await submitApplication(db, who, { callReference, revision }, when);
  return { reference, id };
}

/** A supervisor of the applicant's institution is asked, and endorses. */
async function endorse(db: Db, who: PersonActor, callReference: string, when: Date): Promise<void> {
  const supervisors = await supervisorsAt(db, who.institutionId);
  // Those who can sign in review elsewhere, and would have a conflict.
  const one = supervisors.find(({ familyName, id }) => id !== who.personId && !SIGN_IN.has(familyName ?? ''));
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

const SIGN_IN = new Set(['Chatterjee', 'Samarina']);

/** What a decision form of this application would send now. */
export async function decision(db: Db, reference: string): Promise<{ reference: string; revision: string }> {
  const [row] = await db
    .select({ revision: application.revision })
    .from(application)
    .where(eq(application.reference, reference));
  return { reference, revision: row?.revision ?? '' };
}

export async function check(stage: Stage, side: Side, reference: string, day: number): Promise<void> {
  await findEligible(
    stage.db,
    coordinatorOf(stage, side),
    await decision(stage.db, reference),
    onDay(stage.now, day),
  );
}

export async function nominate(stage: Stage, side: Side, reference: string, day: number): Promise<void> {
  const form = { ...(await decision(stage.db, reference)), confirmed: true };
  await nominateApplication(stage.db, coordinatorOf(stage, side), form, onDay(stage.now, day));
}

/** The host accepts: its demo supervisor receives, in their laboratory. */
export async function accept(
  stage: Stage,
  side: Side,
  reference: string,
  days: { day: number; from: number; until: number },
): Promise<void> {
  const { db, now, as } = stage;
  const host = other(side);
  const stay = {
    hostSupervisorId: as(host === 'in' ? 'supervisor.in' : 'supervisor.ru').personId,
    laboratory: host === 'in' ? 'Mineral processing laboratory' : 'Лаборатория магнитных материалов',
    stayFrom: dateOn(now, days.from),
    stayUntil: dateOn(now, days.until),
  };
  const form = { ...(await decision(db, reference)), stay };
  await acceptApplication(db, coordinatorOf(stage, host), form, onDay(now, days.day));
}

/** The call's own row, as rooms hand it around. */
export async function callRow(db: Db, reference: string) {
  const [found] = await db
    .select()
    .from(call)
    .where(and(eq(call.reference, reference)));
  if (!found) throw new Error(`no call ${reference}`);
  return found;
}
