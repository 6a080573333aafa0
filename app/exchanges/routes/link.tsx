import { useTranslation } from 'react-i18next';
import { createContext, data } from 'react-router';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { findLink } from '#app/platform/links.server.ts';
import { answer, sentForm, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { formatDeadline } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { answerEndorsement } from '../answer-endorsement.ts';
import { ENDORSE } from '../ask-endorsement.ts';
import { EndorsementForm } from '../endorsement-form.tsx';
import { endorsementById } from '../endorsement-queries.ts';
import { inLanguage } from '../localized.ts';
import { isEditable } from '../save-application.ts';
import type { Route } from './+types/link';

/** 404 for what is no link of ours, 410 for one that has had its time. */
const STATUSES = { wrong: 404, used: 410, expired: 410, open: 200 } as const;
/** Set by the answer itself, which uses the link up: whoever gave it is thanked, and told of no error. */
const answered = createContext(false);

async function read(context: Route.LoaderArgs['context'], token: string) {
  const { db, config } = platform();
  const found = await findLink(db, config.authSecret, token, state(context).now);
  if (found.state === 'wrong' || found.link.act !== ENDORSE) return { state: 'wrong' as const };
  return found;
}

/** Opening the link shows what is asked and changes nothing: mail programs open links too. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const found = await read(context, params.token);
  const title = words(context)('exchanges:link.title');
  const page = found.state === 'open' ? await endorsementById(platform().db, found.link.subjectId) : null;
  const until = found.state === 'expired' ? found.link.expiresAt : null;
  return data(
    {
      title,
      page: page && { ...page, editable: isEditable(page.record.state) },
      link: page ? ('open' as const) : found.state === 'open' ? ('wrong' as const) : found.state,
      until,
    },
    {
      status: context.get(answered) ? 200 : STATUSES[found.state],
      headers: { 'Cache-Control': 'no-store' },
    },
  );
}

/** The one answer the link is for. */
export async function action({ request, context, params }: Route.ActionArgs) {
  const { locale, now } = state(context);
  const form = await sentForm(context, request);
  const found = await read(context, params.token);
  if (found.state !== 'open') return data({ thanks: false }, { status: STATUSES[found.state] });
  const { actor, link } = found;
  return answer(context, typed(form), async () => {
    const [decision, said] = [form.get('decision') ?? undefined, form.get('words') ?? ''];
    await answerEndorsement(
      platform().db,
      actor,
      { endorsementId: link.subjectId, decision, words: said, locale },
      now,
    );
    context.set(answered, true);
    return { thanks: true };
  });
}

export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title),
  { name: 'robots', content: 'noindex' },
];

/** What a link from a mail asks of somebody without an account. */
export default function LinkRoute({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const { page, link, until } = loaderData;
  if (actionData && 'thanks' in actionData && actionData.thanks)
    return (
      <>
        <PageHeader title={t('endorsement.title')} />
        <Flash>{t('endorsement.thanks')}</Flash>
      </>
    );
  if (!page || link !== 'open')
    return (
      <>
        <PageHeader title={t('link.title')} />
        <Flash
          tone={link === 'wrong' ? 'stop' : 'risk'}
          title={t(`link.${link === 'open' ? 'wrong' : link}`)}
        >
          {link === 'expired'
            ? t('link.expiredText', { when: until ? formatDeadline(until, language) : '' })
            : t(link === 'used' ? 'link.usedText' : 'link.wrongText')}
        </Flash>
      </>
    );
  return (
    <>
      <PageHeader
        title={t('endorsement.title')}
        lede={t('endorsement.lede', {
          name: personName(page.applicant, language),
          call: inLanguage(page.call.title, language),
        })}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      <EndorsementForm
        page={page}
        editable={page.editable}
        values={refused?.values ?? {}}
        errorOf={(name) => fieldError(refused, name)}
      />
    </>
  );
}
