import { z } from 'zod';
import { isCalendarDate } from '#app/platform/calendar.ts';
import { LEAD_UNITS, OWNERS, PURPOSES } from './trip-requirement.ts';

// Messages are keys of `locales/*​/errors.json`.

/** A title is the head of a board's column. */
const title = z.string('required').trim().min(1, 'required').max(60, 'travel.requirementTitle');
const sentence = z.string().trim().max(500, 'travel.requirementSource').default('');
const wholeDays = (least: number) =>
  z
    .string('required')
    .trim()
    .regex(/^\d{1,3}$/, 'travel.leadDays')
    .transform(Number)
    .refine((days) => days >= least && days <= 400, 'travel.leadDays');

const fields = z.object({
  title: z.object({ en: title, ru: title }, 'required'),
  owner: z.enum(OWNERS, 'choice'),
  leadDays: wholeDays(0),
  leadUnit: z.enum(LEAD_UNITS, 'choice'),
  purposes: z
    .array(z.enum(PURPOSES, 'choice'))
    .default([])
    .refine((chosen) => chosen.length > 0, 'travel.requirementPurposes')
    // All of them narrow nothing.
    .transform((chosen) => (chosen.length === PURPOSES.length ? null : chosen)),
  minDays: wholeDays(1)
    .nullish()
    .transform((days) => days ?? null),
  source: z.object({ en: sentence, ru: sentence }).default({ en: '', ru: '' }),
  sourceOn: z
    .string()
    .refine(isCalendarDate, 'date')
    .nullish()
    .transform((date) => date ?? null),
  active: z.boolean().default(false),
});

const bothOrNeither = (of: { source: { en: string; ru: string } }) =>
  (of.source.en === '') === (of.source.ru === '');
const datedSource = (of: { source: { en: string }; sourceOn: string | null }) =>
  of.sourceOn === null || of.source.en !== '';

/** A definition as an administrator changes it; `version` is what the form showed, empty where the default stood. */
export const requirementForm = fields
  .extend({ version: z.uuid().optional().catch(undefined) })
  .refine(bothOrNeither, { path: ['source', 'ru'], message: 'travel.sourceBoth' })
  .refine(datedSource, { path: ['source', 'en'], message: 'travel.sourceMissing' });

/** A requirement of the institution's own: of those it sends, or of those it receives. */
export const ownRequirementForm = fields
  .extend({ party: z.enum(['home', 'host'], 'choice') })
  .refine(bothOrNeither, { path: ['source', 'ru'], message: 'travel.sourceBoth' })
  .refine(datedSource, { path: ['source', 'en'], message: 'travel.sourceMissing' });

export type RequirementInput = z.output<typeof fields>;
