import { useTranslation } from 'react-i18next';
import { permits } from '#app/people/access.ts';
import { fieldError } from '#app/platform/form-errors.ts';
import { forbidden } from '#app/platform/outcome.ts';
import {
  answer,
  done,
  type Refused,
  sentForm,
  shown,
  signedIn,
  state,
  typed,
  words,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Radios } from '#app/ui/choices.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { evaluateStay } from '../placements/evaluate-stay.ts';
import { GRADES } from '../placements/grades.ts';
import { LanguageField } from '../placements/language-field.tsx';
import { stayPage } from '../placements/placement-queries.ts';
import { placementRules } from '../placements/policy.ts';
import type { Route } from './+types/stay-evaluation';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, params.ref, state(context).now);
    if (!permits(placementRules['placements.evaluate'], actor, page.record)) throw forbidden();
    return {
      page,
      open: page.record.state === 'returned' && page.closing === null,
      title: words(context)('placements:evaluation.title'),
    };
  });
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const { revision = '', grade = '', evaluation = '', locale = '' } = values;
    const input = { reference: params.ref, revision, grade, evaluation, locale };
    await evaluateStay(platform().db, actor, input, state(context).now);
    return done(`/exchanges/${params.ref}`, 'placements:flash.evaluated');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The host supervisor says how the stay went, with a grade. */
export default function StayEvaluationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('placements');
  const language = languageOf(i18n);
  const { page, title, open } = loaderData;
  const { record } = page;
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  const at = (name: string, initial: string | null) => {
    const error = fieldError(refused, name);
    return { name, value: refused?.values[name] ?? initial ?? '', ...(error ? { error } : {}) };
  };
  return (
    <DecisionPage
      reference={record.reference}
      title={title}
      name={page.participant}
      subject={page.title}
      who={t('evaluation.who')}
      answer={refused}
      over={!open}
    >
      <PortalForm hidden={{ revision: refused?.values.revision ?? record.revision }}>
        <Radios
          {...at('grade', record.evaluationGrade)}
          label={t('evaluation.gradeLabel')}
          options={GRADES.map((value) => ({ value, label: t(`evaluation.grade.${value}`) }))}
        />
        <TextArea
          {...at('evaluation', record.evaluation)}
          label={t('evaluation.text')}
          hint={t('evaluation.hint')}
          rows={8}
        />
        <LanguageField {...at('locale', record.evaluationLocale ?? language)} />
        <FormActions>
          <SubmitButton>{t('evaluation.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
