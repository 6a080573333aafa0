import { and, asc, eq, inArray, isNull, ne, notExists, or, sql } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { version } from '#db/schema/platform.ts';
import { callTask, signedBy, signedHere } from './call-tasks.ts';

/** More than a person decides in a sitting; the list page has them all. */
const SHOWN = 20;

/**
 * Calls whose newest text lacks the signature of an institution the actor coordinates: drafts, and successors of
 * published calls for as long as they can come into force.
 */
export async function callsToSign(db: Db, actor: PersonActor): Promise<WaitingTask[]> {
  const coordinated = institutionsOf(actor, 'coordinator');
  if (coordinated.length === 0) return [];
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
        signedBy(coordinated),
        notExists(signedHere(db, coordinated)),
      ),
    )
    .orderBy(asc(call.deadline))
    .limit(SHOWN);
  return rows.map(callTask(actor, 'exchanges:waiting.sign', 'signature'));
}
