import { and, asc, eq } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import { notFound } from '#app/platform/outcome.ts';
import { versionHash } from '#app/platform/versions.server.ts';
import type { DbOrTx } from '#db/client.server.ts';
import { application, letter } from '#db/schema/exchanges.ts';
import { partyTo } from '../scope.ts';
import { LETTER_SCHEMA_VERSION, type LetterContent } from './letter-content.ts';

/** Letters of an application the caller has found in the actor's scope, the earliest first. */
export async function lettersOf(db: DbOrTx, applicationId: string) {
  const rows = await db
    .select({
      number: letter.number,
      kind: letter.kind,
      content: letter.content,
      hash: letter.hash,
      issuedAt: letter.issuedAt,
    })
    .from(letter)
    .where(eq(letter.applicationId, applicationId))
    .orderBy(asc(letter.issuedAt), asc(letter.number));
  return rows.map((row) => ({ ...row, content: row.content as LetterContent }));
}

/**
 * One letter, for the applicant and the coordinators of both institutions.
 *
 * @throws Refusal `not-found` when it is out of the actor's scope.
 */
export async function letterInScope(
  db: DbOrTx,
  actor: PersonActor,
  reference: string,
  number: string,
): Promise<{ content: LetterContent; hash: string }> {
  const [row] = await db
    .select({ content: letter.content, hash: letter.hash })
    .from(letter)
    .innerJoin(application, eq(application.id, letter.applicationId))
    .where(and(eq(letter.number, number), eq(application.reference, reference), partyTo(actor)));
  if (!row) throw notFound();
  // The trigger keeps what was issued; should somebody get past it, no paper is printed of the forgery.
  if (versionHash(LETTER_SCHEMA_VERSION, row.content) !== row.hash)
    throw new Error(`The letter ${number} does not have the content of its hash`);
  return { content: row.content as LetterContent, hash: row.hash };
}
