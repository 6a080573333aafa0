import { useTranslation } from 'react-i18next';
import { employersFor, fileForForm, headOf } from '#app/delegations/arranged-queries.ts';
import { changeDelegate } from '#app/delegations/change-delegate.ts';
import { delegateFacts } from '#app/delegations/schemas.ts';
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
import { DelegateFields, useDelegateLabels } from '../delegate-fields.tsx';
import { FormHeader } from '../form-head.tsx';
import type { Route } from './+types/delegate-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  const where = { reference: params.ref, delegateId: params.id };
  const found = await shown(context, () => fileForForm(db, actor, where, 'arrange'));
  const { role, employer, position, diet, notes, hotelIn, hotelOut, roomWish, file } = found.one;
  const { visaRoute } = file.trip;
  return {
    title: words(context)('delegations:person.editTitle'),
    of: headOf(found, locale),
    stands: { role, employer, position, diet, notes, hotelIn, hotelOut, roomWish, visaRoute },
    employers: await employersFor(db, found.delegation.homeSide, locale, employer),
  };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { db } = platform();
    const where = { reference: params.ref, delegateId: params.id };
    await fileForForm(db, actor, where, 'arrange');
    const revision = String(form.get('version') ?? '');
    await changeDelegate(db, actor, { ...where, revision, facts: read(delegateFacts, form) });
    return done(`/delegations/${params.ref}/people/${params.id}`, 'delegations:person.changed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the delegation holds of one of its people. */
export default function DelegateEdit({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['delegations', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of } = loaderData;
  return (
    <>
      <FormHeader of={of} title={t('person.editTitle')} lede={t('person.editLede')} />
      <ErrorSummary errors={formErrors(refused, useDelegateLabels())} />
      <Card>
        <PortalForm hidden={{ version: of.revision }}>
          <DelegateFields employers={loaderData.employers} refused={refused} stands={loaderData.stands} />
          <FormActions>
            <SubmitButton>{t('common:button.save')}</SubmitButton>
            <a className="btn quiet" href={`/delegations/${of.reference}/people/${of.id}`}>
              {t('common:button.cancel')}
            </a>
          </FormActions>
        </PortalForm>
      </Card>
    </>
  );
}
