import { useTranslation } from 'react-i18next';
import { redirect } from 'react-router';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { invalid } from '#app/platform/outcome.ts';
import { answer, done, shown, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { formatDeadline, formatWhen } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { TimeRemaining } from '#app/ui/when.tsx';
import { ApplicationForm } from '../application-form.tsx';
import { applyPage } from '../calls/call-queries.ts';
import { inLanguage } from '../localized.ts';
import { receiveApplication } from '../receive-application.ts';
import { saveApplication } from '../save-application.ts';
import { checkSubmission } from '../submit-application.ts';
import type { Route } from './+types/apply';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now, locale } = state(context);
  const page = await shown(context, () => applyPage(platform().db, actor, params.ref));
  // What is submitted is no form any more: its page says where it is.
  if (page.draft && page.draft.state !== 'draft') throw redirect(`/exchanges/${page.draft.reference}`, 303);
  return { ...page, now, title: words(context)('exchanges:apply.title'), locale };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const { db } = platform();
  const here = `/calls/${params.ref}/apply`;
  const page = await shown(context, () => applyPage(db, actor, params.ref));
  // Documents are kept whatever becomes of the other fields: their ids travel with the form.
  const values: Record<string, string> = {};
  return answer(context, values, async () => {
    const received = await receiveApplication(request, actor, page.call);
    Object.assign(values, typed(received.form), received.kept);
    const saved = await saveApplication(
      db,
      actor,
      {
        callReference: params.ref,
        fields: values,
        documents: received.documents,
        revision: values.revision,
      },
      now,
    );
    if (Object.keys(received.problems).length > 0) throw invalid('invalid', { fields: received.problems });
    if (values.intent !== 'check') return done(here, 'exchanges:apply.saved');
    await checkSubmission(db, actor, page.call, saved, now);
    return redirect(`${here}/check`, 303);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** The application form: saved at any time, submitted from the page that shows all answers. */
export default function ApplyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { call, draft, now, homes } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const documentLabels = Object.fromEntries(
    call.documents.map(({ code, title }) => [`document.${code}`, inLanguage(title, language)]),
  );
  const open = now >= call.opensAt && now <= call.deadline;
  const shut = homes.length === 0 ? 'other' : now < call.opensAt ? 'notYet' : open ? null : 'closed';
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('apply.title') },
        ]}
        title={t('apply.title')}
        lede={t('apply.lede', { call: inLanguage(call.title, language) })}
      />
      <ErrorSummary errors={formErrors(refused, documentLabels)} title={refused?.refused?.sentence} />
      {shut ? (
        <Card title={t(`apply.${shut}Title`)} tone="risk">
          <p>
            {t(`apply.${shut}Text`, {
              when: formatWhen(shut === 'notYet' ? call.opensAt : call.deadline, language),
            })}
          </p>
          <ButtonLink href="/calls" kind="quiet">
            {t('apply.allCalls')}
          </ButtonLink>
        </Card>
      ) : (
        <p className="turn-until mb-4">
          <span>{t('apply.until', { when: formatDeadline(call.deadline, language) })}</span>
          <span className="note">
            <TimeRemaining until={call.deadline} now={now} />
          </span>
        </p>
      )}
      {(!shut || (shut === 'closed' && (draft || refused))) && (
        <ApplicationForm
          page={loaderData}
          values={refused?.values}
          errorOf={(name) => fieldError(refused, name)}
        />
      )}
    </>
  );
}
