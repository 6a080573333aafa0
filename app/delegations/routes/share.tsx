import { useTranslation } from 'react-i18next';
import { fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { askToShare } from '#app/delegations/ask-to-share.ts';
import { delegatesOf } from '#app/delegations/queries.ts';
import { shareForm } from '#app/delegations/schemas.ts';
import { personName } from '#app/people/person-name.ts';
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
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { fieldProps } from '../field-props.ts';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/share';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const where = { reference: params.ref, delegateId: params.id };
  const found = await shown(context, () => fileForForm(db, actor, where, 'share'));
  const { one } = found;
  const people = await delegatesOf(db, found.delegation.id);
  const refused = new Set(one.shares.filter((share) => share.refused).map((share) => share.mateId));
  return {
    title: words(context)('delegations:share.title'),
    of: headOf(found, locale),
    own: one.personId === actor.personId,
    people: people
      .filter((each) => each.id !== one.id && !refused.has(each.id))
      .map((each) => ({ value: each.id, label: personName(each.name, locale) })),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db } = platform();
    const where = { reference: params.ref, delegateId: params.id };
    await fileForForm(db, actor, where, 'share');
    const { mate } = read(shareForm, form);
    await askToShare(db, actor, { ...where, mateId: mate }, state(context).now);
    return done(`/delegations/${params.ref}/people/${params.id}`, 'delegations:share.asked');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Who shares a room with whom: asked here, answered by each of the two. */
export default function SharePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, own } = loaderData;
  const labels = { mate: t('share.mate') };
  const at = fieldProps(labels, refused);
  return (
    <>
      <FormHeader of={of} title={t('share.title')} lede={own ? t('share.ownLede') : t('share.lede')} />
      <ErrorSummary errors={formErrors(refused, labels)} />
      <Card>
        <PortalForm>
          <Select {...at('mate')} options={loaderData.people} width="medium" />
          <FormActions>
            <SubmitButton>{t('share.ask')}</SubmitButton>
            <a className="btn quiet" href={`/delegations/${of.reference}/people/${of.id}`}>
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
