import { useTranslation } from 'react-i18next';
import { fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { removeDelegate } from '#app/delegations/remove-delegate.ts';
import { leavingForm } from '#app/delegations/schemas.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import {
  answer,
  done,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { fieldProps } from '../field-props.ts';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/delegate-leave';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const where = { reference: params.ref, delegateId: params.id };
  const found = await shown(context, () => fileForForm(platform().db, actor, where, 'arrange'));
  return {
    title: words(context)('delegations:person.leaveTitle'),
    of: headOf(found, state(context).locale),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db } = platform();
    const where = { reference: params.ref, delegateId: params.id };
    await fileForForm(db, actor, where, 'arrange');
    const { reason } = read(leavingForm, form);
    const revision = String(form.get('version') ?? '');
    await removeDelegate(db, actor, { ...where, revision, reason }, state(context).now);
    return done(`/delegations/${params.ref}`, 'delegations:person.left');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Taking somebody out of a delegation, with the reason they read. */
export default function DelegateLeave({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const labels = { reason: t('person.reason') };
  const at = fieldProps(labels, refused);
  const { of } = loaderData;
  return (
    <>
      <FormHeader of={of} title={t('person.leaveTitle')} lede={t('person.leaveLede')} />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm hidden={{ version: of.revision }}>
          <TextArea {...at('reason')} hint={t('person.reasonHint')} rows={4} />
          <FormActions>
            <SubmitButton kind="stop">{t('person.leave')}</SubmitButton>
            <a className="btn quiet" href={`/delegations/${of.reference}/people/${of.id}`}>
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
