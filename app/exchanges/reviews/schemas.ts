import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';
import type { Rubric } from '#db/schema/exchanges.ts';
import { gradesOf } from './rubric.ts';

// Messages are keys of `locales/*​/errors.json`.

/** Longest comment of a review, in characters. */
export const COMMENT_MAX = 6000;
const REASON_MAX = 2000;

/** Typed text with the line ends of browsers made plain. */
const prose = z.string().transform(plainText);
const comment = prose.refine((text) => lengthOf(text) <= COMMENT_MAX, 'reviews.commentTooLong');

export const reasonSchema = prose
  .refine((text) => text !== '', 'reasonRequired')
  .refine((text) => lengthOf(text) <= REASON_MAX, 'reviews.reasonTooLong');

/** What a reviewer has typed: fields `score.<criterion>`, `comment`, `confidential`. */
export type TypedReview = Record<string, string | undefined>;
export type ReadReview = { scores: Record<string, number>; comment: string; confidential: string };

/**
 * A review as it was typed, complete or not.
 *
 * @throws Refusal `invalid` naming the fields: a grade outside the scale, a comment that is too long.
 */
export function readReview(rubric: Rubric, typed: TypedReview): ReadReview {
  const fields: Record<string, string[]> = {};
  const grades = gradesOf(rubric).map((grade) => grade.value);
  const scores: Record<string, number> = {};
  for (const { code } of rubric.criteria) {
    const given = typed[scoreField(code)]?.trim() ?? '';
    if (given === '') continue;
    const value = Number(given);
    if (grades.includes(value)) scores[code] = value;
    else fields[scoreField(code)] = ['choice'];
  }
  const read = { comment: '', confidential: '' };
  for (const name of ['comment', 'confidential'] as const) {
    const text = comment.safeParse(typed[name] ?? '');
    if (text.success) read[name] = text.data;
    else fields[name] = ['reviews.commentTooLong'];
  }
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  return { scores, ...read };
}

/** Name of the field of a criterion's grade. */
export const scoreField = (code: string) => `score.${code}`;
