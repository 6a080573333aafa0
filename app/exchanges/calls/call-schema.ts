import { z } from 'zod';
import { APPLICANT_KINDS, DIRECTIONS } from '#db/schema/exchanges.ts';
import { bothLanguages, calendarDate, chosen, TITLE_MAX, whole } from '../schemas.ts';
import { rubricProblems, rubricShape } from './rubric-schema.ts';

/** Documents a call can ask for. */
export const DOCUMENTS_MAX = 10;
/** Reviews of one application at most. */
export const REVIEWERS_MAX = 5;
/** Characters of the reason for an extension or a cancellation. */
export const REASON_MAX = 1000;

const instant = z.iso.datetime('date');
const places = whole.refine((count) => count >= 0 && count <= 500, 'number');

const askedDocument = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: bothLanguages(TITLE_MAX),
  required: z.boolean(),
});

/**
 * The shape of what both sides sign in a call, as versions hold it. Both languages are required: a call that one side
 * cannot read is not published. Instants are ISO 8601 in UTC. `extension` is why the deadline was moved, `cancellation`
 * why the call is called off: what both sign is what applicants are told.
 */
export const callShape = z.object({
  direction: z.enum(DIRECTIONS, 'choice'),
  title: bothLanguages(TITLE_MAX),
  summary: bothLanguages(3000),
  conditions: bothLanguages(6000),
  areas: z.array(bothLanguages(TITLE_MAX)).min(1, 'required').max(30),
  eligible: z.array(z.enum(APPLICANT_KINDS, 'choice')).min(1, 'required'),
  opensAt: instant,
  deadline: instant,
  deadlineZone: z.enum(['Asia/Kolkata', 'Europe/Moscow'], 'choice'),
  nominateBy: instant,
  answerBy: instant,
  stayFrom: calendarDate,
  stayUntil: calendarDate,
  weeksMin: whole.refine((weeks) => weeks >= 1, 'number'),
  weeksMax: whole.refine((weeks) => weeks <= 104, 'number'),
  placesToIn: places,
  placesToRu: places,
  costs: z.object({ in: bothLanguages(1000), ru: bothLanguages(1000) }),
  documents: z.array(askedDocument).max(DOCUMENTS_MAX),
  rubric: rubricShape.nullable(),
  reviewersPerApplication: whole.refine((count) => count >= 0 && count <= REVIEWERS_MAX, 'number'),
  blindReview: z.boolean(),
  signerIn: chosen,
  signerRu: chosen,
  extension: bothLanguages(REASON_MAX).optional(),
  cancellation: bothLanguages(REASON_MAX).optional(),
});
export type CallContent = z.output<typeof callShape>;

/** What a call has to satisfy when it is written; what was signed before these rules stays readable by its shape. */
export const callSchema = callShape.superRefine((call, context) => {
  const wrong = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  if (call.opensAt >= call.deadline) wrong(['deadline'], 'exchanges.deadlineBeforeOpening');
  if (call.deadline >= call.nominateBy) wrong(['nominateBy'], 'exchanges.nominateBeforeDeadline');
  if (call.nominateBy >= call.answerBy) wrong(['answerBy'], 'exchanges.answerBeforeNomination');
  if (call.stayFrom >= call.stayUntil) wrong(['stayUntil'], 'exchanges.stayBackwards');
  if (call.weeksMin > call.weeksMax) wrong(['weeksMax'], 'exchanges.weeksBackwards');
  if (call.placesToRu > 0 !== (call.direction !== 'ru-in'))
    wrong(['placesToRu'], 'exchanges.placesAndDirection');
  if (call.placesToIn > 0 !== (call.direction !== 'in-ru'))
    wrong(['placesToIn'], 'exchanges.placesAndDirection');
  const codes = call.documents.map(({ code }) => code);
  if (new Set(codes).size < codes.length) wrong(['documents'], 'exchanges.documentTwice');
  for (const { path, reason } of call.rubric ? rubricProblems(call.rubric) : [])
    wrong(['rubric', ...path], reason);
  if (call.reviewersPerApplication > 0 && !call.rubric) wrong(['rubric'], 'exchanges.giveCriteria');
});
