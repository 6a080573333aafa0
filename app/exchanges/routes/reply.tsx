import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { QuestionsCard } from '../decision-cards.tsx';
import { DecisionPage } from '../decision-page.tsx';
import { inLanguage } from '../localized.ts';
import { questionsOf } from '../record-queries.ts';
import { replyToQuestion } from '../reply-to-question.ts';
import { showDecision } from '../show-decision.ts';
import type { Route } from './+types/reply';

export async function loader({ context, params }: Route.LoaderArgs) {
  const page = await showDecision(context, params.ref, 'reply', 'reply.title');
  return { ...page, questions: await questionsOf(platform().db, page.record.id) };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    await replyToQuestion(
      platform().db,
      actor,
      {
        reference: params.ref,
        revision: String(form.get('revision')),
        reply: String(form.get('reply') ?? ''),
      },
      now,
    );
    return done(`/exchanges/${params.ref}`, 'exchanges:reply.done');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.record.reference),
];

/** The home coordinator answers what the host wants to know. */
export default function ReplyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('exchanges');
  const { record, home } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  return (
    <DecisionPage
      reference={record.reference}
      title={t('reply.title')}
      name={loaderData.name}
      subject={record.title}
      who={t('reply.who', { institution: home ? inLanguage(home.shortName, languageOf(i18n)) : '' })}
      due={record.dueAt}
      answer={refused}
      over={!loaderData.may.reply}
      before={<QuestionsCard questions={loaderData.questions} />}
    >
      <PortalForm hidden={{ revision: record.revision }}>
        <TextArea
          name="reply"
          label={t('reply.reply')}
          value={refused?.values?.reply}
          error={fieldError(refused, 'reply')}
          rows={6}
        />
        <FormActions>
          <SubmitButton>{t('reply.submit')}</SubmitButton>
        </FormActions>
      </PortalForm>
    </DecisionPage>
  );
}
