import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { institutions } from '#app/people/queries.ts';
import { formErrors } from '#app/platform/form-errors.ts';
import { read } from '#app/platform/forms.ts';
import { forbidden } from '#app/platform/outcome.ts';
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
import { ButtonLink } from '#app/ui/button-link.tsx';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TwoTexts } from '#app/ui/two-texts.tsx';
import { approveCampaign } from '../approve-campaign.ts';
import { countAudience } from '../audience.ts';
import { audienceWords } from '../audience-words.server.ts';
import { campaignText } from '../campaign-text.tsx';
import { campaignRules } from '../policy.ts';
import { returnCampaign } from '../return-campaign.ts';
import { stepForm } from '../schemas.ts';
import { campaignInScope } from '../scope.ts';
import type { Route } from './+types/campaign-approval';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale } = state(context);
  const { db } = platform();
  return shown(context, async () => {
    const record = await campaignInScope(db, actor, params.ref);
    if (!permits(campaignRules['campaigns.approve'], actor, record)) throw forbidden();
    const { total } = await countAudience(db, record.audience);
    const writer = (await institutions(db)).find(({ id }) => id === record.institutionId);
    const title = words(context)('notifications:approval.title', { reference: record.reference });
    return {
      title,
      institution: writer?.shortName[locale] ?? '',
      record,
      total,
      audience: audienceWords(record.audience, locale),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  return answer(context, typed(form), async () => {
    const { step, ...input } = read(stepForm, form);
    const decision = { reference: params.ref, ...input };
    if (step !== 'approve' && step !== 'return') throw forbidden();
    await (step === 'approve' ? approveCampaign : returnCampaign)(db, actor, decision, now);
    // What came back is a draft, which only its writers see.
    return step === 'approve'
      ? done(`/campaigns/${params.ref}`, 'notifications:flash.approved')
      : done('/campaigns', 'notifications:flash.returned');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [pageTitle(loaderData?.title)];

/** The other side's answer: the text and audience as they will go out, and two buttons. */
export default function CampaignApproval({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation(['notifications', 'errors']);
  const { title, institution, record, total, audience } = loaderData;
  const { reference, revision, subject, body } = record;
  const refused = actionData && 'refused' in actionData ? actionData : undefined;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('campaigns.title'), href: '/campaigns' },
          { label: reference, href: `/campaigns/${reference}` },
          { label: title },
        ]}
        title={title}
        lede={t('approval.lede', { institution })}
      />
      <ErrorSummary errors={formErrors(refused, { reason: t('approval.reason') })} />
      <Card title={t('page.text')}>
        <TwoTexts en={campaignText(subject.en, body.en)} ru={campaignText(subject.ru, body.ru)} />
      </Card>
      {record.state === 'awaiting-approval' ? (
        <Card>
          <PortalForm hidden={{ revision }}>
            <p>{t('approval.note', { count: total, audience })}</p>
            <TextArea
              name="reason"
              label={t('approval.reason')}
              hint={t('approval.reasonHint')}
              value={refused?.values.reason ?? ''}
              error={refused?.refused.fields.reason?.join(' ')}
              rows={4}
              optional
            />
            <FormActions>
              <SubmitButton name="step" value="approve">
                {t('approval.approve')}
              </SubmitButton>
              <SubmitButton kind="quiet" name="step" value="return">
                {t('approval.return')}
              </SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      ) : (
        <Card>
          <p>{t('errors:staleState')}</p>
          <ButtonLink kind="quiet" href={`/campaigns/${reference}`}>
            {reference}
          </ButtonLink>
        </Card>
      )}
    </>
  );
}
