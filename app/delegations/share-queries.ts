import { eq } from 'drizzle-orm';
import type { DbOrTx } from '#db/client.server.ts';
import { delegate, shareConsent } from '#db/schema/delegations.ts';

/** What one person has said of sharing with another, and who said it: they themselves, or the list. */
export type Word = {
  answer: 'agreed' | 'refused' | null;
  source: 'list' | 'person' | null;
  answeredAt: Date | null;
};

/** One of two people about sharing a room: their own word, and the other's. */
export type Share = { mateId: string; mine: Word; theirs: Word; agreed: boolean; refused: boolean };

const SILENT: Word = { answer: null, source: null, answeredAt: null };

/**
 * Who was asked to share with whom in a delegation, by the id of the delegate; those who agree both stand first, those of
 * whom one refused last. The caller has asked its scope.
 */
export async function sharesOf(db: DbOrTx, delegationId: string): Promise<Map<string, Share[]>> {
  const rows = await db
    .select({
      delegateId: shareConsent.delegateId,
      mateId: shareConsent.mateId,
      answer: shareConsent.answer,
      source: shareConsent.answerSource,
      answeredAt: shareConsent.answeredAt,
    })
    .from(shareConsent)
    .innerJoin(delegate, eq(delegate.id, shareConsent.delegateId))
    .where(eq(delegate.delegationId, delegationId))
    .orderBy(shareConsent.id);
  const said = new Map(rows.map((row) => [`${row.delegateId} ${row.mateId}`, row]));
  const shares = rows.map(({ delegateId, mateId, ...mine }) => {
    const { answer, source, answeredAt } = said.get(`${mateId} ${delegateId}`) ?? SILENT;
    const answers = [mine.answer, answer];
    return {
      delegateId,
      mateId,
      mine,
      theirs: { answer, source, answeredAt },
      agreed: answers.every((one) => one === 'agreed'),
      refused: answers.includes('refused'),
    };
  });
  const rank = (one: Share) => (one.agreed ? 0 : one.refused ? 2 : 1);
  return Map.groupBy(
    shares.sort((a, b) => rank(a) - rank(b)),
    (one) => one.delegateId,
  );
}
