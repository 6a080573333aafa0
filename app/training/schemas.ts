import { z } from 'zod';
import { ATTENDANCE, COURSE_AREAS } from '#db/schema/training.ts';

// Messages are keys of `locales/*​/errors.json`.

/** Longest statement about a prerequisite, in characters. */
export const EVIDENCE_MAX = 2000;
/** Largest document that may come with it, in bytes. */
export const EVIDENCE_FILE_MAX = 10_000_000;
const TITLE_MAX = 200;

const whole = (max: number) => z.coerce.number('number').int('number').min(0, 'number').max(max, 'number');

/** Size of a run and who teaches it. */
export const runForm = z.object({
  revision: z.uuid('choice'),
  seats: whole(1000).refine((seats) => seats > 0, 'number'),
  quotaIn: whole(1000),
  quotaRu: whole(1000),
  instructor: z.uuid('choice').nullish(),
});

const clock = z.string('required').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'training.time');
const title = z.string('required').trim().min(1, 'required').max(TITLE_MAX, 'training.titleTooLong');

/** A session: its day and hours by the clock of the host's city. */
export const sessionForm = z.object({
  titleEn: title,
  titleRu: title,
  on: z.iso.date('date'),
  from: clock,
  until: clock,
});

const small = z.coerce.number().int().min(0).max(1_000_000).catch(0);

/** A number out of an address or a button, of a session or of a place in the order; what is none counts as 0. */
export const smallNumber = (typed: unknown): number => small.parse(typed);

export const markForm = z.enum(ATTENDANCE);

/** Grade of 100, empty where none is given. */
export const gradeText = z
  .string()
  .trim()
  .regex(/^(\d{1,2}|100)?$/, 'training.grade')
  .transform((typed) => (typed === '' ? null : Number(typed)));

const one = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** The filter of the catalogue, from its address; what makes no sense there counts as absent. */
export const catalogueFilter = z.object({
  area: one(z.enum(COURSE_AREAS)),
  when: one(z.enum(['past'])),
  after: one(
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}_[\da-f-]{36}$/)
      .refine(
        (key) =>
          z.iso.date().safeParse(key.slice(0, 10)).success && z.uuid().safeParse(key.slice(11)).success,
      ),
  ),
});
