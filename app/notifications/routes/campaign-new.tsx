import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  refusalResponse,
  sentForm,
  signedIn,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { CampaignFields } from '../campaign-fields.tsx';
import { campaignLabels } from '../campaign-labels.ts';
import { draftCampaign } from '../draft-campaign.ts';
import { campaignRules } from '../policy.ts';
import { campaignForm } from '../schemas.ts';
import type { Route } from './+types/campaign-new';

export function loader({ context }: Route.LoaderArgs) {
  const actor = signedIn(context);
  if (!permits(campaignRules['campaigns.list'], actor, null)) throw refusalResponse(context, forbidden());
  return { title: words(context)('notifications:form.newTitle'), side: actor.side };
}

export async function action({ request, context }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { reference } = await draftCampaign(platform().db, actor, read(campaignForm, form));
    return done(`/campaigns/${reference}`, 'notifications:flash.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export default function CampaignNew({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const values = refused?.values ?? { sides: loaderData.side ?? '', locales: 'en,ru' };
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('campaigns.title'), href: '/campaigns' }, { label: t('form.newTitle') }]}
        title={t('form.newTitle')}
      />
      <ErrorSummary errors={formErrors(refused, campaignLabels(t))} />
      <Card>
        <CampaignFields values={values} errors={refused?.refused.fields ?? {}} />
      </Card>
    </>
  );
}
