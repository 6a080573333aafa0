import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { personName } from '#app/people/person-name.ts';
import { nameOf } from '#app/people/queries.ts';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { delegate, delegation, event } from '#db/schema/delegations.ts';

const params = z.object({
  reference: z.string(),
  /** Whom it is about. */
  delegateId: z.uuid(),
  /** Whose travel file the button opens, where it is another one. */
  openId: z.uuid().optional(),
});
type DelegateParams = z.output<typeof params>;

/** Something that happened to a person of a delegation. It names the event, that person and, once they left, why. */
function delegateMessage(
  what: 'removed' | 'shareAsked' | 'shareRefused',
  path: (of: DelegateParams) => string,
): MessageDef<DelegateParams> {
  const code = `delegations.${what}`;
  return defineMessage<DelegateParams>({
    code,
    params,
    path,
    async compose(db, { params: { delegateId }, locale, institutionId }) {
      const [row] = await db
        .select({ title: event.title, personId: delegate.personId, reason: delegate.endedReason })
        .from(delegate)
        .innerJoin(delegation, eq(delegation.id, delegate.delegationId))
        .innerJoin(event, eq(event.id, delegation.eventId))
        .where(eq(delegate.id, delegateId));
      const name = row && (await nameOf(db, row.personId));
      const words = {
        event: row?.title[locale] || row?.title.en || '',
        name: name ? personName(name, locale) : '',
        reason: row?.reason ?? '',
      };
      return wordsOf(db, code, words, institutionId, locale);
    },
  });
}

const fileOf = ({ reference, delegateId, openId }: DelegateParams) =>
  `/delegations/${reference}/people/${openId ?? delegateId}`;

/** To who was taken out of a delegation. */
export const removedMessage = delegateMessage('removed', () => '/delegations');
/** To who is asked to share a room; about who asks, or with whom. */
export const shareAskedMessage = delegateMessage('shareAsked', fileOf);
/** To those who see to the delegation: somebody does not share any more. */
export const shareRefusedMessage = delegateMessage('shareRefused', fileOf);

export const messages = [removedMessage, shareAskedMessage, shareRefusedMessage];
