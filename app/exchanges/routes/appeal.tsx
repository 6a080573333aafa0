import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { ButtonLink } from '#app/ui/button-link.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { formatDate } from '#app/ui/format-when.ts';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { inLanguage } from '../localized.ts';
import { makeAppeal } from '../make-appeal.ts';
import { showDecision } from '../show-decision.ts';
import type { Route } from './+types/appeal';

export async function loader({ context, params }: Route.LoaderArgs) {
  return showDecision(context, params.ref, 'appeal', 'appeal.title');
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    await makeAppeal(
      platform().db,
      actor,
      {
        reference: params.ref,
        revision: String(form.get('revision')),
        words: String(form.get('words') ?? ''),
        locale,
      },
      now,
    );
    return done(`/exchanges/${params.ref}`, 'exchanges:appeal.made');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The applicant says why the decision that ended the application should be reconsidered. */
export default function AppealPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const language = languageOf(i18n);
  const { record, appeal, home, host } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const decider = record.state === 'declined' ? host : home;
  return (
    <DecisionPage
      reference={record.reference}
      title={t('appeal.title')}
      subject={record.title}
      who={t('appeal.who', { institution: decider ? inLanguage(decider.shortName, language) : '' })}
      note={appeal && t('appeal.lastDay', { date: formatDate(appeal.lastDay, language) })}
      answer={refused}
      over={!loaderData.may.appeal}
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <TextArea
          name="words"
          label={t('appeal.words')}
          hint={t('appeal.wordsHint')}
          value={refused?.values?.words}
          error={fieldError(refused, 'words')}
          rows={8}
        />
        <FormActions>
          <SubmitButton>{t('appeal.submit')}</SubmitButton>
          <ButtonLink href={`/exchanges/${record.reference}`} kind="quiet">
            {t('withdrawal.back')}
          </ButtonLink>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
