import { z } from 'zod';
import { isCalendarDate } from '#app/platform/calendar.ts';
import { VISA_ROUTES } from '#app/travel/trip-requirement.ts';
import { DELEGATE_ROLES, DIETS } from '#db/schema/delegations.ts';
import { BOARD_FILTERS } from './board-rows.ts';

/** The filter of a board, from its address. What does not fit is passed over: an address is not a form. */
export const boardFilter = z.object({
  show: z.enum(BOARD_FILTERS).catch('everyone'),
  asOf: z.string().refine(isCalendarDate).optional().catch(undefined),
});

const text = z.string().trim().max(200, 'exchanges.nameTooLong').default('');

const bothTexts = (max: number) => {
  const written = z.string('required').trim().min(1, 'required').max(max, 'delegations.eventText');
  return z.object({ en: written, ru: written });
};
const calendarDate = z.string('required').refine(isCalendarDate, 'date');

/** An event as its host announces it: in both languages, because people outside read it. */
export const eventForm = z
  .object({
    reference: z
      .string('required')
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/, 'delegations.eventReference'),
    title: bothTexts(200),
    summary: bothTexts(2000),
    city: bothTexts(200),
    venue: bothTexts(200),
    institution: z.uuid('choice'),
    startsOn: calendarDate,
    endsOn: calendarDate,
  })
  .refine((event) => event.startsOn <= event.endsOn, {
    path: ['endsOn'],
    message: 'delegations.eventBackwards',
  });

/** Beginning a delegation. Messages are keys of `errors.json`. */
export const delegationForm = z.object({
  event: z.string().min(1),
  institution: z.uuid('choice'),
  hotel: z.object({ en: text, ru: text }).default({ en: '', ru: '' }),
});

const optional = (max: number) =>
  z.preprocess((typed) => typed ?? null, z.string().trim().max(max, 'delegations.eventText').nullable());
const optionalDate = z.preprocess(
  (typed) => typed ?? null,
  z.string().refine(isCalendarDate, 'date').nullable(),
);
const optionalOf = <const T extends readonly string[]>(words: T) =>
  z.preprocess((typed) => typed ?? null, z.enum(words, 'choice').nullable());

/** Nights are asked for whole or not at all. */
const wholeNights = (of: { hotelIn: string | null; hotelOut: string | null }) =>
  (of.hotelIn === null) === (of.hotelOut === null);
const nightsForward = (of: { hotelIn: string | null; hotelOut: string | null }) =>
  !of.hotelIn || !of.hotelOut || of.hotelIn < of.hotelOut;

const delegateFields = z.object({
  role: z.enum(DELEGATE_ROLES, 'choice'),
  employer: z.string('required').trim().toUpperCase().max(40, 'delegations.eventText'),
  position: optional(200),
  diet: optionalOf(DIETS),
  notes: optional(300),
  visaRoute: z.enum(VISA_ROUTES, 'choice'),
  hotelIn: optionalDate,
  hotelOut: optionalDate,
  roomWish: optionalOf(['single', 'twin']),
});

/** What a delegation holds of one of its people. */
export const delegateFacts = delegateFields
  .refine(wholeNights, { path: ['hotelOut'], message: 'required' })
  .refine(nightsForward, { path: ['hotelOut'], message: 'delegations.noNights' });
export type DelegateFacts = z.output<typeof delegateFacts>;

const latinName = z
  .string('required')
  .trim()
  .max(200, 'delegations.eventText')
  .regex(/^[\p{Script=Latin}\p{M}\s.'’-]+$/u, 'delegations.latinName');

/** A person who is added by hand; whom the portal knows is found by the address. */
export const newDelegate = delegateFields
  .extend({
    email: z.email('email').trim().toLowerCase(),
    familyName: latinName,
    givenName: latinName,
    sex: optionalOf(['f', 'm']),
    citizenship: z.preprocess(
      (typed) => typed ?? null,
      z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{3}$/, 'delegations.citizenship')
        .nullable(),
    ),
  })
  .refine(wholeNights, { path: ['hotelOut'], message: 'required' })
  .refine(nightsForward, { path: ['hotelOut'], message: 'delegations.noNights' });
export type NewDelegate = z.output<typeof newDelegate>;

/** Why a person is taken out of a delegation; they read it. */
export const leavingForm = z.object({
  reason: z.string('reasonRequired').trim().min(1, 'reasonRequired').max(2000, 'delegations.eventText'),
});

/** “2026-05-19T03:55” of a browser, or with a space; whether there is such a time, the place says. */
const localTime = z
  .string('required')
  .trim()
  .regex(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/, 'delegations.leg.noSuchTime')
  .transform((text) => text.replace('T', ' '));

export const legForm = z.object({
  direction: z.enum(['out', 'back'], 'choice'),
  carrier: z.preprocess((typed) => typed ?? '', z.string().trim().max(40, 'delegations.eventText')),
  from: z.string('required').trim().toUpperCase().max(40, 'delegations.eventText'),
  to: z.string('required').trim().toUpperCase().max(40, 'delegations.eventText'),
  departs: localTime,
  arrives: localTime,
});

export const bedForm = z.object({
  room: z.string('choice').max(40, 'choice'),
  from: calendarDate,
  to: calendarDate,
});

export const shareForm = z.object({ mate: z.uuid('choice') });
export const shareAnswerForm = z.object({
  mate: z.uuid('choice'),
  answer: z.enum(['agreed', 'refused'], 'choice'),
});

/** What hosts ask for besides the passport; an empty residence leaves the one that is kept. */
export const visaData = z.object({
  residence: optional(300),
  consulateCity: optional(200),
  employerAddress: optional(300),
});
export type VisaData = z.output<typeof visaData>;

/** A passport and birth as an officer types them; the checks of lists look at the rest. */
export const passportData = z.object({
  number: z.string('required').trim().max(40, 'travel.passportNumber'),
  issued: calendarDate,
  validUntil: calendarDate,
  birthDate: optionalDate,
  birthPlace: optional(200),
});
export type PassportData = z.output<typeof passportData>;
