import { composeMessage } from '#app/platform/compose-message.server.ts';
import type { MessageDef } from '#app/platform/messages.ts';
import type { DbOrTx } from '#db/client.server.ts';
import type { Locale } from '#db/schema/shared.ts';
import { campaignMessage } from './messages.ts';
import { campaignSubjects } from './queries.ts';

type Row = { id: string; code: string; params: unknown; institutionId: string | null };

/** The subjects of a page of the inbox in the reader's language; campaigns' are read together, not one by one. */
export async function inboxSubjects(
  db: DbOrTx,
  messages: ReadonlyMap<string, MessageDef>,
  rows: readonly Row[],
  locale: Locale,
): Promise<Map<string, string>> {
  const campaignOf = ({ code, params }: Row) =>
    code === campaignMessage.code
      ? (campaignMessage.params.safeParse(params).data?.campaignId ?? null)
      : null;
  const subjects = await campaignSubjects(
    db,
    rows.flatMap((row) => campaignOf(row) ?? []),
  );
  const found = await Promise.all(
    rows.map(async (row) => {
      const campaignId = campaignOf(row);
      if (campaignId) return subjects.get(campaignId)?.[locale];
      return (await composeMessage(db, messages, row, { locale, personId: null }))?.subject;
    }),
  );
  return new Map(rows.flatMap((row, index) => (found[index] ? [[row.id, found[index]]] : [])));
}
