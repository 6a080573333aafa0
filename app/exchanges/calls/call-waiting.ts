import { and, asc, eq, inArray, isNull, ne, notExists, or, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { signature, version } from '#db/schema/platform.ts';
import { inLanguage } from '../localized.ts';

/** More than a person decides in a sitting; the list page has them all. */
const SHOWN = 20;

/**
 * Calls whose newest text lacks the signature of an institution the actor coordinates: drafts, and successors of
 * published calls for as long as they can come into force.
 */
export async function callsToSign(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const coordinated = institutionsOf(actor, 'coordinator');
  if (coordinated.length === 0) return [];
  const signedHere = db
    .select({ id: signature.id })
    .from(signature)
    .where(
      and(
        eq(signature.versionId, version.id),
        isNull(signature.voidedAt),
        inArray(signature.institutionId, coordinated),
      ),
    );
  const later = sql`(${version.content} ->> 'deadline')::timestamptz > ${call.deadline}`;
  const cancels = sql`${version.content} -> 'cancellation' is not null`;
  const rows = await db
    .select({ reference: call.reference, title: call.title })
    .from(call)
    .innerJoin(
      version,
      and(
        eq(version.subjectType, 'call'),
        eq(version.subjectId, call.id),
        isNull(version.supersededAt),
        or(isNull(call.publishedVersionId), ne(version.id, call.publishedVersionId)),
      ),
    )
    .where(
      and(
        or(
          inArray(call.state, ['draft', 'half-signed', 'published']),
          and(eq(call.state, 'closed'), or(later, cancels)),
          and(eq(call.state, 'in-review'), cancels),
        ),
        or(inArray(call.signerIn, coordinated), inArray(call.signerRu, coordinated)),
        notExists(signedHere),
      ),
    )
    .orderBy(asc(call.deadline))
    .limit(SHOWN);
  return rows.map((row) => ({
    text: 'exchanges:waiting.sign',
    params: { call: inLanguage(row.title, actor.locale) },
    note: row.reference,
    href: `/calls/${row.reference}/signature`,
    side: actor.side,
    due: null,
  }));
}
