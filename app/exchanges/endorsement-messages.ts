import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { wordsOf } from '#app/platform/compose-message.server.ts';
import { linkToken } from '#app/platform/link-token.server.ts';
import { defineMessage, type MessageDef } from '#app/platform/messages.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { formatDeadline } from '#app/ui/format-when.ts';
import { application, call } from '#db/schema/exchanges.ts';
import { link } from '#db/schema/people.ts';
import { inLanguage } from './localized.ts';

type Reference = { reference: string };
type Asked = Reference & { linkId: string | null };

const told = (code: string, path?: (params: Reference) => string): MessageDef<Reference> =>
  defineMessage<Reference>({
    code,
    params: z.object({ reference: z.string() }),
    ...(path && { path }),
    async compose(db, { params, locale, institutionId }) {
      const [row] = await db
        .select({ title: call.title })
        .from(application)
        .innerJoin(call, eq(call.id, application.callId))
        .where(eq(application.reference, params.reference));
      const title = row ? inLanguage(row.title, locale) : '';
      return wordsOf(db, code, { ...params, call: title }, institutionId, locale);
    },
  });

/**
 * A supervisor is asked. Who has no account gets the link, whose token is made here and stands nowhere else; that
 * letter also says until when it works.
 */
export const endorsementAskedMessage = defineMessage<Asked>({
  code: 'exchanges.endorsementAsked',
  params: z.object({ reference: z.string(), linkId: z.uuid().nullable() }),
  path: ({ reference, linkId }) =>
    linkId
      ? `/links/${linkToken(platform().config.authSecret, linkId)}`
      : `/exchanges/${reference}/endorsement`,
  async compose(db, { params, locale, institutionId }) {
    const [row] = await db
      .select({ title: call.title, deadline: call.deadline })
      .from(application)
      .innerJoin(call, eq(call.id, application.callId))
      .where(eq(application.reference, params.reference));
    const [sent] = params.linkId
      ? await db.select({ until: link.expiresAt }).from(link).where(eq(link.id, params.linkId))
      : [];
    const until = sent?.until ?? row?.deadline;
    const filled = {
      reference: params.reference,
      call: row ? inLanguage(row.title, locale) : '',
      until: until ? formatDeadline(until, locale) : '',
    };
    const code = params.linkId ? 'exchanges.endorsementAskedByLink' : 'exchanges.endorsementAsked';
    return wordsOf(db, code, filled, institutionId, locale);
  },
});

const toApplication = ({ reference }: Reference) => `/exchanges/${reference}`;

export const endorsementGivenMessage = told('exchanges.endorsementGiven', toApplication);
export const endorsementRefusedMessage = told('exchanges.endorsementRefused', toApplication);
/** The supervisor need do nothing more: there is no page to lead to. */
export const endorsementTakenBackMessage = told('exchanges.endorsementTakenBack');

export const endorsementMessages = [
  endorsementAskedMessage,
  endorsementGivenMessage,
  endorsementRefusedMessage,
  endorsementTakenBackMessage,
] as readonly MessageDef[];
