import type { ZodType } from 'zod';
import type { DbOrTx } from '#db/client.server.ts';
import type { Locale } from '#db/schema/shared.ts';

/** A message in one reader's language. `body` is plain text, paragraphs parted by an empty line. */
export type Composed = { subject: string; body: string; action?: string };

/**
 * One kind of thing the portal tells people. Its words stand in `locales/*​/mail.json` under the code:
 * `<code>.subject`, `<code>.body`, and `<code>.action` for the button where there is a `path`.
 * Parameters are ids, references and dates; words that people wrote are read when the message is composed.
 */
export type MessageDef<P = unknown> = {
  /** `<room>.<what>`, e.g. `exchanges.nominated`. Never changes once sent. */
  code: string;
  params: ZodType<P>;
  /** What a reader can unsubscribe from; absent for what concerns their own records. */
  topic?: string;
  /** Where the button leads, on the portal. */
  path?(params: P): string;
  /** Whether the words depend on the reader, so that they are composed for each; else once per language. */
  personal?: boolean;
  /** Fills what the parameters alone cannot; absent: the words with the parameters in them. */
  compose?(
    db: DbOrTx,
    input: { params: P; locale: Locale; personId: string | null; institutionId: string | null },
  ): Promise<Composed>;
};

/** Gives the functions the type of the parameters. */
export function defineMessage<P>(message: MessageDef<P>): MessageDef<P> {
  return message;
}
