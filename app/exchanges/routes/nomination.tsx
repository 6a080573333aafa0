import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { answer, done, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Checkbox, Radios } from '#app/ui/choices.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { inLanguage } from '../localized.ts';
import { nominateApplication } from '../nominate-application.ts';
import { exchangeRecord } from '../record-queries.ts';
import { refuseNomination } from '../refuse-nomination.ts';
import { showDecision } from '../show-decision.ts';
import type { Route } from './+types/nomination';

export async function loader({ context, params }: Route.LoaderArgs) {
  return showDecision(context, params.ref, 'nominate', 'nomination.title');
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const record = `/exchanges/${params.ref}`;
  return answer(context, typed(form), async () => {
    const decision = {
      reference: params.ref,
      revision: String(form.get('revision')),
      reason: String(form.get('reason') ?? ''),
    };
    if (form.get('decision') === 'decline') {
      await refuseNomination(db, actor, decision, now);
      return done(record, 'exchanges:nomination.declined');
    }
    if (form.get('decision') !== 'nominate') {
      // The pen is asked for before the choice is judged.
      const { holdsPen } = await exchangeRecord(db, actor, params.ref, now);
      if (!holdsPen.nominate) throw forbidden();
      throw invalid('invalid', { fields: { decision: ['exchanges.decide'] } });
    }
    await nominateApplication(db, actor, { ...decision, confirmed: form.get('confirmed') === 'on' }, now);
    return done(record, 'exchanges:nomination.nominated');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The home coordinator nominates, or declines with a reason. */
export default function NominationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, home, host } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const values: Record<string, string | undefined> = refused?.values ?? {};
  return (
    <DecisionPage
      reference={record.reference}
      title={t('nomination.title')}
      name={loaderData.name}
      subject={record.title}
      who={t('nomination.who', {
        institution: home ? inLanguage(home.shortName, language) : '',
        host: host ? inLanguage(host.shortName, language) : '',
      })}
      due={record.dueAt}
      answer={refused}
      over={!loaderData.may.nominate}
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <Radios
          name="decision"
          label={t('nomination.decision')}
          value={values.decision}
          error={fieldError(refused, 'decision')}
          options={[
            { value: 'nominate', label: t('nomination.nominate'), hint: t('nomination.nominateHint') },
            { value: 'decline', label: t('nomination.decline'), hint: t('nomination.declineHint') },
          ]}
        />
        <Checkbox
          name="confirmed"
          label={t('nomination.confirmed')}
          checked={values.confirmed === 'on'}
          error={fieldError(refused, 'confirmed')}
        />
        <TextArea
          name="reason"
          label={t('nomination.reason')}
          hint={t('nomination.reasonHint')}
          value={values.reason}
          error={fieldError(refused, 'reason')}
          rows={4}
        />
        <FormActions>
          <SubmitButton>{t('nomination.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
