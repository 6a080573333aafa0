import { useTranslation } from 'react-i18next';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { stale } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Flash } from '#app/ui/flash.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { useNamedErrors } from '../calls/call-places.ts';
import { successorPage } from '../calls/call-queries.ts';
import { CANCELLABLE } from '../calls/call-states.ts';
import { cancelCall } from '../calls/cancel-call.ts';
import type { Route } from './+types/call-cancellation';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const page = await shown(context, async () => {
    const found = await successorPage(platform().db, actor, params.ref);
    if (!CANCELLABLE.includes(found.call.state)) throw stale('exchanges.notCancellable');
    return found;
  });
  const { reference } = page.call;
  return {
    reference,
    hash: page.hash,
    pending: page.pending,
    title: words(context)('exchanges:cancellation.title', { reference }),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const text = (name: string) => String(form.get(name) ?? '');
    await cancelCall(platform().db, actor, {
      reference: params.ref,
      hashShown: text('hash'),
      reason: { en: text('cancellation.en'), ru: text('cancellation.ru') },
    });
    return done(`/calls/${params.ref}/signature`, 'exchanges:cancellation.proposed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** A coordinator proposes to call a call off, with the reason every applicant will read; both sign it. */
export default function CallCancellationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const { reference, hash, pending } = loaderData;
  const named = useNamedErrors();
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('calls.title'), href: '/calls' },
          { label: reference, href: `/calls/${reference}` },
          { label: t('call.cancel') },
        ]}
        title={loaderData.title}
        lede={t('cancellation.lede')}
      />
      <ErrorSummary errors={named(formErrors(refused))} title={refused?.refused?.sentence} />
      {pending && <Flash tone="risk">{t('extension.pending')}</Flash>}
      <Card>
        <PortalForm hidden={{ hash }}>
          <p>{t('cancellation.effect')}</p>
          <BilingualField
            name="cancellation"
            label={t('draft.cancellation')}
            hint={t('extension.reasonHint')}
            value={{ en: refused?.values['cancellation.en'], ru: refused?.values['cancellation.ru'] }}
            error={{ en: fieldError(refused, 'cancellation.en'), ru: fieldError(refused, 'cancellation.ru') }}
            rows={4}
            maxLength={1000}
          />
          <FormActions>
            <SubmitButton kind="stop">{t('cancellation.submit')}</SubmitButton>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
