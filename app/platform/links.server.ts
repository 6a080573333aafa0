import { and, eq, isNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { DbOrTx, Tx } from '#db/client.server.ts';
import { link } from '#db/schema/people.ts';
import type { LinkActor } from './actor.ts';
import { sha256 } from './canonical.ts';
import { linkToken, readLinkToken } from './link-token.server.ts';

export type Link = typeof link.$inferSelect;

/** What a link lets its holder do, once: one act on one record, as the person it was sent to. */
export type LinkPurpose = { act: string; subjectType: string; subjectId: string; personId: string };

/**
 * Makes a single-use link. Only the hash of its token is kept.
 *
 * @returns the link's id, from which `linkToken` makes the token when the mail is written.
 */
export async function makeLink(
  tx: Tx,
  authSecret: string,
  purpose: LinkPurpose,
  expiresAt: Date,
  now: Date,
): Promise<string> {
  const id = uuidv7();
  const tokenHash = sha256(linkToken(authSecret, id));
  await tx.insert(link).values({ id, ...purpose, tokenHash, expiresAt, createdAt: now });
  return id;
}

/** How a token stands. Looking changes nothing: mail programs follow links before people do. */
export type FoundLink =
  | { state: 'wrong' }
  | { state: 'used' | 'expired'; link: Link }
  | { state: 'open'; link: Link; actor: LinkActor };

/** The link of a token, with the actor it makes of its holder while it is open. */
export async function findLink(db: DbOrTx, authSecret: string, token: string, now: Date): Promise<FoundLink> {
  const id = readLinkToken(authSecret, token);
  const [found] = id ? await db.select().from(link).where(eq(link.id, id)) : [];
  if (!found || found.tokenHash !== sha256(token)) return { state: 'wrong' };
  if (found.usedAt) return { state: 'used', link: found };
  if (found.expiresAt < now) return { state: 'expired', link: found };
  const { id: linkId, act, subjectType, subjectId, personId } = found;
  const actor: LinkActor = { kind: 'link', linkId, act, subjectType, subjectId, personId };
  return { state: 'open', link: found, actor };
}

/** Closes a link, with its act or because the act was done otherwise. Of two at once only one is told `true`. */
export async function closeLink(tx: Tx, linkId: string, now: Date): Promise<boolean> {
  const closed = await tx
    .update(link)
    .set({ usedAt: now })
    .where(and(eq(link.id, linkId), isNull(link.usedAt)))
    .returning({ id: link.id });
  return closed.length === 1;
}
