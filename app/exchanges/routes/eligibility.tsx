import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import { forbidden, invalid } from '#app/platform/outcome.ts';
import { answer, done, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { EligibilityList } from '../eligibility-list.tsx';
import { eligibilityOf } from '../eligibility-queries.ts';
import { findEligible } from '../find-eligible.ts';
import { findIneligible } from '../find-ineligible.ts';
import { inLanguage } from '../localized.ts';
import { exchangeRecord } from '../record-queries.ts';
import { returnForCorrection } from '../return-for-correction.ts';
import { SECTIONS } from '../sections.ts';
import { showDecision } from '../show-decision.ts';
import type { Route } from './+types/eligibility';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await showDecision(context, params.ref, 'check', 'check.title');
  return { ...page, checks: await eligibilityOf(platform().db, page.record, page.call) };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const record = `/exchanges/${params.ref}`;
  const sent = (name: string) => String(form.get(name) ?? '');
  return answer(context, typed(form), async () => {
    const decision = { reference: params.ref, revision: sent('revision'), reason: sent('reason') };
    switch (form.get('decision')) {
      case 'eligible':
        await findEligible(db, actor, decision, now);
        return done(record, 'exchanges:check.foundEligible');
      case 'ineligible':
        await findIneligible(db, actor, decision, now);
        return done(record, 'exchanges:check.foundIneligible');
      case 'return': {
        const comments = Object.fromEntries(SECTIONS.map((section) => [section, sent(`comment.${section}`)]));
        await returnForCorrection(db, actor, { ...decision, comments, dueOn: sent('dueOn') }, now);
        return done(record, 'exchanges:check.returned');
      }
      default: {
        // The pen is asked for before the choice is judged.
        const { holdsPen } = await exchangeRecord(db, actor, params.ref, now);
        if (!holdsPen.check) throw forbidden();
        throw invalid('invalid', { fields: { decision: ['exchanges.decide'] } });
      }
    }
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The home coordinator reads what the portal can check by itself and decides: eligible, not eligible, or returned. */
export default function EligibilityPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, home, call } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const values: Record<string, string | undefined> = refused?.values ?? {};
  const text = (name: string) => ({ name, value: values[name], error: fieldError(refused, name) });
  return (
    <DecisionPage
      reference={record.reference}
      title={t('check.title')}
      name={loaderData.name}
      subject={record.title}
      who={t('check.who', { institution: home ? inLanguage(home.shortName, language) : '' })}
      due={record.dueAt}
      answer={refused}
      over={!loaderData.may.check}
      before={
        <Card title={t('eligibility.title')} note={<p className="note">{t('eligibility.note')}</p>}>
          <EligibilityList checks={loaderData.checks} />
          <p className="mt-4">
            <a href={`/exchanges/${record.reference}`}>{t('check.read')}</a>
          </p>
        </Card>
      }
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <Radios
          name="decision"
          label={t('check.decision')}
          value={values.decision}
          error={fieldError(refused, 'decision')}
          options={[
            {
              value: 'eligible',
              label: t('check.eligible'),
              hint: t(call.reviewersPerApplication > 0 ? 'check.eligibleReviewedHint' : 'check.eligibleHint'),
            },
            { value: 'ineligible', label: t('check.ineligible'), hint: t('check.ineligibleHint') },
            { value: 'return', label: t('check.return'), hint: t('check.returnHint') },
          ]}
        />
        <h2 className="mt-6 mb-2">{t('check.declining')}</h2>
        <TextArea {...text('reason')} label={t('check.reason')} hint={t('check.reasonHint')} rows={3} />
        <h2 className="mt-6 mb-2">{t('check.returning')}</h2>
        <p className="hint">{t('check.commentHint')}</p>
        {SECTIONS.map((section) => (
          <TextArea
            key={section}
            {...text(`comment.${section}`)}
            label={t(`record.section.${section}`)}
            rows={2}
            optional
          />
        ))}
        <Field
          {...text('dueOn')}
          type="date"
          label={t('check.dueOn')}
          hint={t('check.dueOnHint')}
          width="short"
        />
        <FormActions>
          <SubmitButton>{t('check.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
