import { z } from 'zod';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import type { Role } from '#db/schema/people.ts';
import { DELIVERY_STATES } from '#db/schema/platform.ts';
import { LOCALES, SIDES } from '#db/schema/shared.ts';

export const SUBJECT_MAX = 150;
export const BODY_MAX = 5000;

/** Roles a campaign can be meant for; the two administrators are nobody's audience. */
export const AUDIENCE_ROLES = [
  'student',
  'expert',
  'supervisor',
  'reviewer',
  'instructor',
  'coordinator',
  'protocol',
  'observer',
] as const satisfies readonly Role[];

const text = (max: number) =>
  z
    .string()
    .transform(plainText)
    .refine((typed) => lengthOf(typed) <= max, 'notifications.tooLong')
    .default('');

/** One line: a mail's subject has no line ends, whatever is pasted. */
const line = (max: number) => text(max).transform((typed) => typed.replace(/\s+/g, ' '));

const listOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess(
    (given) => (given === undefined ? [] : [...new Set([given].flat())]),
    z.array(z.enum(values, 'choice')),
  );

/** A campaign as its form sends it. A draft may lack a language; sending does not. */
export const campaignForm = z.object({
  subject: z.object({ en: line(SUBJECT_MAX), ru: line(SUBJECT_MAX) }).default({ en: '', ru: '' }),
  body: z.object({ en: text(BODY_MAX), ru: text(BODY_MAX) }).default({ en: '', ru: '' }),
  roles: listOf(AUDIENCE_ROLES),
  sides: listOf(SIDES).refine((sides) => sides.length > 0, 'notifications.noSide'),
  locales: listOf(LOCALES).refine((locales) => locales.length > 0, 'notifications.noLanguage'),
});
export type CampaignForm = z.output<typeof campaignForm>;

/** The filter of the recipients, from the address. What does not fit is passed over. */
export const recipientFilter = z.object({
  state: z.enum(DELIVERY_STATES).optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});

/** Where the next page of a list begins. What is no id is passed over. */
export const pageAfter = (url: URL) =>
  z
    .uuid()
    .optional()
    .catch(undefined)
    .parse(url.searchParams.get('after') ?? undefined);

/** A step of a campaign: which, at which revision, and why. */
export const stepForm = z.object({
  step: z.enum(['send', 'requestApproval', 'approve', 'return', 'cancel'], 'choice'),
  revision: z.uuid('stale'),
  reason: z.string().optional(),
});
