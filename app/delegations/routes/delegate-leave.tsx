import { useTranslation } from 'react-i18next';
import { removeDelegate } from '#app/delegations/remove-delegate.ts';
import { leavingForm } from '#app/delegations/schemas.ts';
import { read } from '#app/platform/forms.ts';
import { done, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { TextArea } from '#app/ui/text-area.tsx';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/delegate-leave';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { of } = await showPersonForm(context, params, 'arrange');
  return { title: words(context)('delegations:person.leaveTitle'), of };
}

export async function action(args: Route.ActionArgs) {
  const { context, params } = args;
  return takePersonForm(args, 'arrange', async ({ actor, form, where, revision }) => {
    const { db } = platform();
    const { reason } = read(leavingForm, form);
    await removeDelegate(db, actor, { ...where, revision, reason }, state(context).now);
    return done(`/delegations/${params.ref}`, 'delegations:person.left');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Taking somebody out of a delegation, with the reason they read. */
export default function DelegateLeave({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const labels = { reason: t('person.reason') };
  const at = fieldProps(labels, refused);
  const { of } = loaderData;
  return (
    <>
      <FormHeader of={of} title={t('person.leaveTitle')} lede={t('person.leaveLede')} />
      <FormCard
        refused={refused}
        labels={labels}
        version={of.revision}
        submit={t('person.leave')}
        kind="stop"
        back={personPage(of)}
      >
        <TextArea {...at('reason')} hint={t('person.reasonHint')} rows={4} />
      </FormCard>
    </>
  );
}
