import { z } from 'zod';
import { daysBetween } from '#app/platform/calendar.ts';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { calendarDate } from '../schemas.ts';
import { amountOf, CURRENCIES, type Currency } from './money.ts';
import type { Placement } from './placement-scope.ts';

/** Rises when the shape of `ProgrammeContent` changes; signatures name it. */
export const PROGRAMME_SCHEMA = 1;

/** What a stay costs, by headings that both languages have words for. */
export const COST_HEADINGS = [
  'travel',
  'visa',
  'insurance',
  'lodging',
  'per-diem',
  'materials',
  'equipment',
  'other',
] as const;
export type CostHeading = (typeof COST_HEADINGS)[number];

export const PAYERS = ['home', 'host'] as const;
export type Payer = (typeof PAYERS)[number];

export type ProgrammeCost = { heading: CostHeading; amount: number; currency: Currency; payer: Payer };
type ProgrammeTask = { from: number; to: number; text: string };

/** The work programme as it is written: what may still be incomplete. Amounts are in minor units. */
export type ProgrammeDraft = {
  startsOn: string;
  endsOn: string;
  objectives: LocalizedText;
  outputs: LocalizedText;
  tasks: ProgrammeTask[];
  equipment: string;
  siteAccess: string;
  safety: string;
  insurance: string;
  costs: ProgrammeCost[];
};

/** What four sign: the draft, with whom it binds and where. */
export type ProgrammeContent = ProgrammeDraft & {
  reference: string;
  participantId: string;
  homeInstitutionId: string;
  hostInstitutionId: string;
  hostSupervisorId: string;
  hostSupervisor: string;
  laboratory: string;
};

const TEXT_MAX = 4000;
const TASK_MAX = 600;
export const WEEKS_MAX = 104;

// Messages are keys of `errors.json`; names of fields are those of the form (`tasks.0.text`, `costs.visa.amount`).
const prose = (max: number) =>
  z
    .string()
    .default('')
    .transform(plainText)
    .refine((text) => lengthOf(text) <= max, 'exchanges.textTooLong');
const both = z.object({ en: prose(TEXT_MAX), ru: prose(TEXT_MAX) });
const week = z.string().transform((text) => (text.trim() === '' ? null : Number(text)));

const task = z
  .object({ from: week, to: week, text: prose(TASK_MAX) })
  .superRefine(({ from, to, text }, context) => {
    if (from === null && to === null && text === '') return;
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (from === null || !isWeek(from)) wrong('from', 'placements.giveWeek');
    if (to === null || !isWeek(to)) wrong('to', 'placements.giveWeek');
    else if (from !== null && to < from) wrong('to', 'placements.weeksBackwards');
    if (text === '') wrong('text', 'placements.giveTask');
  })
  .transform(({ from, to, text }) =>
    text === '' || from === null || to === null ? null : { from, to, text },
  );

const isWeek = (value: number) => Number.isInteger(value) && value >= 1 && value <= WEEKS_MAX;

const cost = z
  .object({ amount: z.string().default(''), currency: z.string().default(''), payer: z.string().default('') })
  .superRefine(({ amount, currency, payer }, context) => {
    if (amount.trim() === '') return;
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (amountOf(amount) === null) wrong('amount', 'placements.notAnAmount');
    if (!CURRENCIES.some((one) => one === currency)) wrong('currency', 'choice');
    if (!PAYERS.some((one) => one === payer)) wrong('payer', 'choice');
  })
  .transform(({ amount, currency, payer }) => {
    const minor = amount.trim() === '' ? null : amountOf(amount);
    return minor === null ? null : { amount: minor, currency: currency as Currency, payer: payer as Payer };
  });

/** What the form of a programme may hold: anything that fits, however little. */
export const programmeSchema = z
  .object({
    startsOn: calendarDate,
    endsOn: calendarDate,
    objectives: both,
    outputs: both,
    tasks: z.array(task).max(60, 'placements.tooManyTasks'),
    equipment: prose(TEXT_MAX),
    siteAccess: prose(TEXT_MAX),
    safety: prose(TEXT_MAX),
    insurance: prose(TEXT_MAX),
    costs: z.partialRecord(z.enum(COST_HEADINGS), cost),
  })
  .refine((draft) => draft.startsOn < draft.endsOn, {
    path: ['endsOn'],
    message: 'exchanges.stayBackwards',
  })
  .transform(
    ({ tasks, costs, ...draft }): ProgrammeDraft => ({
      ...draft,
      tasks: tasks.flatMap((one) => one ?? []).sort((a, b) => a.from - b.from || a.to - b.to),
      costs: COST_HEADINGS.flatMap((heading) => {
        const planned = costs[heading];
        return planned ? { heading, ...planned } : [];
      }),
    }),
  );

/** The draft so far; a stay whose programme nobody has begun has an empty one. */
export function draftOf(record: Placement): ProgrammeDraft {
  const empty = { en: '', ru: '' };
  const nothing = { objectives: empty, outputs: empty, tasks: [], costs: [] };
  const texts = { equipment: '', siteAccess: '', safety: '', insurance: '' };
  return {
    startsOn: record.startsOn,
    endsOn: record.endsOn,
    ...nothing,
    ...texts,
    ...(record.programme as Partial<ProgrammeDraft>),
    // After the arrival the dates are moved by requests alone.
    ...(record.arrivedOn ? { startsOn: record.startsOn, endsOn: record.endsOn } : {}),
  };
}

/** How many weeks, begun ones too, a stay has. */
export const weeksOf = (stay: { startsOn: string; endsOn: string }) =>
  Math.ceil((daysBetween(stay.startsOn, stay.endsOn) + 1) / 7);

/**
 * The content that is laid before the four.
 *
 * @throws Refusal `invalid` naming every field that is still missing.
 */
export function contentOf(record: Placement, draft: ProgrammeDraft): ProgrammeContent {
  const fields: Record<string, string[]> = {};
  const missing = (name: string, reason: string, is: boolean) => {
    if (is) fields[name] = [reason];
  };
  for (const language of ['en', 'ru'] as const) {
    missing(`objectives.${language}`, 'placements.giveObjectives', draft.objectives[language] === '');
    missing(`outputs.${language}`, 'placements.giveOutputs', draft.outputs[language] === '');
  }
  const last = weeksOf(draft);
  missing('tasks.0.text', 'placements.giveTasks', draft.tasks.length === 0);
  draft.tasks.forEach(({ to }, index) => {
    missing(`tasks.${index}.to`, 'placements.weekOutside', to > last);
  });
  missing('safety', 'placements.giveSafety', draft.safety === '');
  missing('insurance', 'placements.giveInsurance', draft.insurance === '');
  missing('costs.travel.amount', 'placements.giveCosts', draft.costs.length === 0);
  const { hostSupervisorId } = record;
  missing('supervisor', 'placements.supervisorMissing', hostSupervisorId === null);
  if (Object.keys(fields).length > 0 || hostSupervisorId === null) {
    throw invalid('placements.incomplete', { fields, params: { weeks: last } });
  }
  const { reference, participantId, homeInstitutionId, hostInstitutionId, hostSupervisor, laboratory } =
    record;
  return {
    ...draft,
    reference,
    participantId,
    homeInstitutionId,
    hostInstitutionId,
    hostSupervisorId,
    hostSupervisor,
    laboratory,
  };
}
