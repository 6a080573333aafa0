import { useTranslation } from 'react-i18next';
import { employersFor } from '#app/delegations/arranged-queries.ts';
import { changeDelegate } from '#app/delegations/change-delegate.ts';
import { delegateFacts } from '#app/delegations/schemas.ts';
import { read } from '#app/platform/forms.ts';
import { done, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { DelegateFields, useDelegateLabels } from '../delegate-fields.tsx';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/delegate-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale } = state(context);
  const { db } = platform();
  const { found, of } = await showPersonForm(context, params, 'arrange');
  const { role, employer, position, diet, notes, hotelIn, hotelOut, roomWish, file } = found.one;
  const { visaRoute } = file.trip;
  return {
    title: words(context)('delegations:person.editTitle'),
    of,
    stands: { role, employer, position, diet, notes, hotelIn, hotelOut, roomWish, visaRoute },
    employers: await employersFor(db, found.delegation.homeSide, locale, employer),
  };
}

export async function action(args: Route.ActionArgs) {
  return takePersonForm(args, 'arrange', async ({ actor, form, where, revision, page }) => {
    const { db } = platform();
    await changeDelegate(db, actor, { ...where, revision, facts: read(delegateFacts, form) });
    return done(page, 'delegations:person.changed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** What the delegation holds of one of its people. */
export default function DelegateEdit({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of } = loaderData;
  return (
    <>
      <FormHeader of={of} title={t('person.editTitle')} lede={t('person.editLede')} />
      <FormCard refused={refused} labels={useDelegateLabels()} version={of.revision} back={personPage(of)}>
        <DelegateFields employers={loaderData.employers} refused={refused} stands={loaderData.stands} />
      </FormCard>
    </>
  );
}
