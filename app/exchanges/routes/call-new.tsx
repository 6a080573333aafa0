import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, done, shown, signedIn, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { useNamedErrors } from '../calls/call-field-names.ts';
import { CallFormFields } from '../calls/call-form-fields.tsx';
import { draftCall } from '../calls/draft-call.ts';
import { atFormFields, readCallForm } from '../calls/read-call-form.ts';
import { exchangeRules } from '../policy.ts';
import type { Route } from './+types/call-new';

export async function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    if (!permits(exchangeRules['calls.draft'], actor, null)) throw forbidden();
    return {
      institutions: await institutions(platform().db),
      title: words(context)('exchanges:draft.new'),
    };
  });
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await request.formData();
  return answer(context, typed(form), () =>
    atFormFields(async () => {
      const { reference } = await draftCall(platform().db, actor, { content: readCallForm(form) });
      return done(`/calls/${reference}/signature`, 'exchanges:draft.saved');
    }),
  );
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A coordinator drafts a call. */
export default function CallNewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const named = useNamedErrors();
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const start = {
    deadlineZone: 'Europe/Moscow',
    direction: 'in-ru',
    documents: 'plan,cv',
    eligible: 'student',
  };
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('calls.title'), href: '/calls' }, { label: t('draft.new') }]}
        title={t('draft.new')}
        lede={t('draft.lede')}
      />
      <ErrorSummary errors={named(formErrors(refused))} title={refused?.refused?.sentence} />
      <CallFormFields
        values={refused?.values ?? start}
        errorOf={(name) => fieldError(refused, name)}
        institutions={loaderData.institutions}
      />
    </>
  );
}
