import { useTranslation } from 'react-i18next';
import { askToShare } from '#app/delegations/ask-to-share.ts';
import { delegatesOf } from '#app/delegations/queries.ts';
import { shareForm } from '#app/delegations/schemas.ts';
import { personName } from '#app/people/person-name.ts';
import { read } from '#app/platform/forms.ts';
import { done, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { Select } from '#app/ui/select.tsx';
import { fieldProps } from '../field-props.ts';
import { FormCard } from '../form-card.tsx';
import { FormHeader } from '../form-head.tsx';
import { showPersonForm, takePersonForm } from '../person-form.ts';
import { personPage } from '../person-page.ts';
import type { Route } from './+types/share';

export async function loader({ context, params }: Route.LoaderArgs) {
  const { locale } = state(context);
  const { db } = platform();
  const { actor, found, of } = await showPersonForm(context, params, 'share');
  const { one } = found;
  const people = await delegatesOf(db, found.delegation.id);
  const refused = new Set(one.shares.filter((share) => share.refused).map((share) => share.mateId));
  return {
    title: words(context)('delegations:share.title'),
    of,
    own: one.personId === actor.personId,
    people: people
      .filter((each) => each.id !== one.id && !refused.has(each.id))
      .map((each) => ({ value: each.id, label: personName(each.name, locale) })),
  };
}

export async function action(args: Route.ActionArgs) {
  const { context } = args;
  return takePersonForm(args, 'share', async ({ actor, form, where, page }) => {
    const { db } = platform();
    const { mate } = read(shareForm, form);
    await askToShare(db, actor, { ...where, mateId: mate }, state(context).now);
    return done(page, 'delegations:share.asked');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** Who shares a room with whom: asked here, answered by each of the two. */
export default function SharePage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('delegations');
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { of, own } = loaderData;
  const labels = { mate: t('share.mate') };
  const at = fieldProps(labels, refused);
  return (
    <>
      <FormHeader of={of} title={t('share.title')} lede={own ? t('share.ownLede') : t('share.lede')} />
      <FormCard refused={refused} labels={labels} submit={t('share.ask')} back={personPage(of)}>
        <Select {...at('mate')} options={loaderData.people} width="medium" />
      </FormCard>
    </>
  );
}
