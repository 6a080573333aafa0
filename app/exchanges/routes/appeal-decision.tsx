import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { decideAppeal } from '../decide-appeal.ts';
import { Said } from '../decision-cards.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { inLanguage } from '../localized.ts';
import { showDecision } from '../show-decision.ts';
import type { Route } from './+types/appeal-decision';

export async function loader({ context, params }: Route.LoaderArgs) {
  return showDecision(context, params.ref, 'decideAppeal', 'appeal.decision.title');
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const sent = (name: string) => String(form.get(name) ?? '');
  return answer(context, typed(form), async () => {
    const outcome = sent('outcome');
    await decideAppeal(
      platform().db,
      actor,
      { reference: params.ref, revision: sent('revision'), outcome, reason: sent('reason') },
      now,
    );
    const said = outcome === 'upheld' ? 'savedUpheld' : 'savedRejected';
    return done(`/exchanges/${params.ref}`, `exchanges:appeal.decision.${said}`);
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The institution that took the decision hears the appeal against it. */
export default function AppealDecisionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const { record, appeal, home, host } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const decider = record.state === 'declined' ? host : home;
  const name = decider ? inLanguage(decider.shortName, languageOf(i18n)) : '';
  return (
    <DecisionPage
      reference={record.reference}
      title={t('appeal.decision.title')}
      name={loaderData.name}
      subject={record.title}
      who={t('appeal.decision.who', { institution: name })}
      answer={refused}
      over={!loaderData.may.decideAppeal}
      before={
        appeal?.made && (
          <Card>
            {record.stateReason && <Said term={t('appeal.decision.decision')} text={record.stateReason} />}
            <Said term={t('appeal.decision.appeal')} text={appeal.made.words} />
          </Card>
        )
      }
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <Radios
          name="outcome"
          label={t('appeal.decision.outcome')}
          value={refused?.values?.outcome}
          error={fieldError(refused, 'outcome')}
          options={[
            { value: 'upheld', label: t('appeal.decision.upheld'), hint: t('appeal.decision.upheldHint') },
            {
              value: 'rejected',
              label: t('appeal.decision.rejected'),
              hint: t('appeal.decision.rejectedHint'),
            },
          ]}
        />
        <TextArea
          name="reason"
          label={t('appeal.decision.reason')}
          hint={t('appeal.decision.reasonHint')}
          value={refused?.values?.reason}
          error={fieldError(refused, 'reason')}
          rows={4}
        />
        <FormActions>
          <SubmitButton>{t('appeal.decision.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
