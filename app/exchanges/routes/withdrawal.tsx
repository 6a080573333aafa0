import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { showDecision } from '../show-decision.ts';
import { withdrawApplication } from '../withdraw-application.ts';
import type { Route } from './+types/withdrawal';

export async function loader({ context, params }: Route.LoaderArgs) {
  return showDecision(context, params.ref, 'withdraw', 'withdrawal.title');
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    await withdrawApplication(platform().db, actor, {
      reference: params.ref,
      revision: String(form.get('revision')),
      reason: String(form.get('reason') ?? ''),
    });
    return done(`/exchanges/${params.ref}`, 'exchanges:withdrawal.done');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The applicant takes the application back. */
export default function WithdrawalPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation('exchanges');
  const { record } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  return (
    <DecisionPage
      reference={record.reference}
      title={t('withdrawal.title')}
      subject={record.title}
      who={t('withdrawal.text')}
      answer={refused}
      over={!loaderData.may.withdraw}
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <TextArea
          name="reason"
          label={t('withdrawal.reason')}
          value={refused?.values?.reason}
          error={fieldError(refused, 'reason')}
          rows={3}
          optional
        />
        <FormActions>
          <SubmitButton kind="stop">{t('withdrawal.submit')}</SubmitButton>
          <ButtonLink href={`/exchanges/${record.reference}`} kind="quiet">
            {t('withdrawal.back')}
          </ButtonLink>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
