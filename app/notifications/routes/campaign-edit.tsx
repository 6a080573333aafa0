import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { answer, done, sentForm, shown, signedIn, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { CampaignFields } from '../campaign-fields.tsx';
import { campaignLabels } from '../campaign-labels.ts';
import { campaignRules } from '../policy.ts';
import { reviseCampaign } from '../revise-campaign.ts';
import { campaignForm } from '../schemas.ts';
import { campaignInScope } from '../scope.ts';
import type { Route } from './+types/campaign-edit';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const record = await campaignInScope(platform().db, actor, params.ref);
    if (!permits(campaignRules['campaigns.send'], actor, record)) throw forbidden();
    const { subject, body, audience } = record;
    const { reference } = record;
    return {
      title: words(context)('notifications:form.editTitle', { reference }),
      reference,
      revision: record.revision,
      values: {
        'subject.en': subject.en,
        'subject.ru': subject.ru,
        'body.en': body.en,
        'body.ru': body.ru,
        roles: audience.roles.join(','),
        sides: audience.sides.join(','),
        locales: audience.locales.join(','),
      } as Record<string, string>,
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    await reviseCampaign(platform().db, actor, {
      reference: params.ref,
      revision: String(form.get('revision')),
      form: read(campaignForm, form),
    });
    return done(`/campaigns/${params.ref}`, 'notifications:flash.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

export default function CampaignEdit({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  const { title, reference, revision } = loaderData;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('campaigns.title'), href: '/campaigns' },
          { label: reference, href: `/campaigns/${reference}` },
          { label: title },
        ]}
        title={title}
      />
      <ErrorSummary errors={formErrors(refused, campaignLabels(t))} />
      <Card>
        {/* After a stale answer the form carries the revision that is true now, and what was typed. */}
        <CampaignFields
          values={refused?.values ?? loaderData.values}
          errors={refused?.refused.fields ?? {}}
          hidden={{ revision }}
        />
      </Card>
    </>
  );
}
