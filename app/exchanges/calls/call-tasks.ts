import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { PersonActor } from '#app/platform/actor.ts';
import type { WaitingTask } from '#app/platform/room.ts';
import type { Db } from '#db/client.server.ts';
import { call } from '#db/schema/exchanges.ts';
import { signature, version } from '#db/schema/platform.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import { inLanguage } from '../localized.ts';

/** Calls that one of these institutions signs. */
export const signedBy = (coordinated: string[]) =>
  or(inArray(call.signerIn, coordinated), inArray(call.signerRu, coordinated));

/** The signatures one of these institutions has given on the version at hand, and that stand. */
export const signedHere = (db: Db, coordinated: string[]) =>
  db
    .select({ id: signature.id })
    .from(signature)
    .where(
      and(
        eq(signature.versionId, version.id),
        isNull(signature.voidedAt),
        inArray(signature.institutionId, coordinated),
      ),
    );

/**
 * What waits on a page of a call, without a date.
 *
 * @param page of the call, as its address ends
 */
export const callTask =
  (actor: PersonActor, text: string, page: string) =>
  (row: { reference: string; title: LocalizedText }): WaitingTask => ({
    text,
    params: { call: inLanguage(row.title, actor.locale) },
    note: row.reference,
    href: `/calls/${row.reference}/${page}`,
    side: actor.side,
    due: null,
  });
