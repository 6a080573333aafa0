import { and, desc, eq, isNull, or } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { messageWords } from '#db/schema/platform.ts';
import type { Locale } from '#db/schema/shared.ts';
import { i18nFor } from './i18n.server.ts';
import type { Composed, MessageDef } from './messages.ts';

/** A stored message, as the inbox and the mail job read it. */
export type StoredMessage = { code: string; params: unknown; institutionId: string | null };

/**
 * Says a stored message in a language: for the mail, the inbox, and a preview before it is sent.
 *
 * @param input.personId the reader where the words depend on them, else null.
 * @returns the words, and the path of what they are about; null when the code is no longer known or its parameters
 * no longer fit.
 */
export async function composeMessage(
  db: DbOrTx,
  messages: ReadonlyMap<string, MessageDef>,
  stored: StoredMessage,
  input: { locale: Locale; personId: string | null },
): Promise<(Composed & { path: string | null }) | null> {
  const def = messages.get(stored.code);
  const params = def?.params.safeParse(stored.params);
  if (!def || !params?.success) return null;
  const { institutionId } = stored;
  const composed = def.compose
    ? await def.compose(db, { params: params.data, institutionId, ...input })
    : await wordsOf(db, stored.code, params.data as Record<string, unknown>, institutionId, input.locale);
  return { ...composed, path: def.path?.(params.data) ?? null };
}

/** The message definitions of all rooms, by code. */
export function messagesByCode(
  rooms: readonly { messages?: readonly MessageDef[] }[],
): Map<string, MessageDef> {
  return new Map(rooms.flatMap((room) => room.messages ?? []).map((def) => [def.code, def]));
}

/**
 * The words of a code with the parameters in them: an institution's own where it has some, else those of `locales`.
 * A `compose` function calls it after it has read what the parameters point to.
 */
export async function wordsOf(
  db: DbOrTx,
  code: string,
  params: Record<string, unknown>,
  institutionId: string | null,
  locale: Locale,
): Promise<Composed> {
  const i18n = i18nFor(locale);
  // Codes are keys by design, so they are looked up as text.
  const t = i18n.t as unknown as (key: string, params: object) => string;
  const say = (part: string) => t(`mail:${code}.${part}`, params);
  const action = i18n.exists(`mail:${code}.action`) ? say('action') : undefined;
  const own = await ownWords(db, code, institutionId);
  if (!own) return { subject: say('subject'), body: say('body'), action };
  const fill = (text: string) => i18n.services.interpolator.interpolate(text, params, locale, {});
  return { subject: fill(own.subject[locale]), body: fill(own.body[locale]), action };
}

async function ownWords(db: DbOrTx, code: string, institutionId: string | null) {
  const theirs = institutionId
    ? or(eq(messageWords.institutionId, institutionId), isNull(messageWords.institutionId))
    : isNull(messageWords.institutionId);
  const [row] = await db
    .select({ subject: messageWords.subject, body: messageWords.body })
    .from(messageWords)
    .where(and(eq(messageWords.code, code), theirs))
    // An institution's words come before the portal's (nulls sort last when ascending).
    .orderBy(messageWords.institutionId, desc(messageWords.number))
    .limit(1);
  return row;
}
