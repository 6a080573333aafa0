import { z } from 'zod';
import { lengthOf, plainText } from '#app/platform/plain-text.ts';

// Messages are keys of `locales/*​/errors.json`.

/** Longest comment on a section, in characters. */
export const COMMENT_MAX = 2000;
/** Longest reply to the host, and longest appeal. */
export const LETTER_MAX = 4000;

const needed = (missing: string) =>
  z
    .string(missing)
    .transform(plainText)
    .refine((text) => text !== '', missing)
    .refine((text) => lengthOf(text) <= LETTER_MAX, 'exchanges.letterTooLong');

export const replySchema = z.object({ reply: needed('exchanges.giveReply') });
/** A question is also the reason the nomination was returned with, and not longer than one. */
export const questionSchema = z.object({
  question: z
    .string()
    .refine((text) => text !== '', 'exchanges.giveQuestion')
    .refine((text) => lengthOf(text) <= COMMENT_MAX, 'exchanges.commentTooLong'),
});
export const appealSchema = z.object({ words: needed('exchanges.giveAppeal') });

/** A new date for a correction: after today, and not farther than `latest`. */
export const correctionDay = (today: string, latest: string) =>
  z.object({
    dueOn: z.iso
      .date('exchanges.giveCorrectionDate')
      .refine((day) => day > today, 'exchanges.correctionInPast')
      .refine((day) => day <= latest, 'exchanges.correctionTooFar'),
  });
