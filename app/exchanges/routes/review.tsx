import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { Deadline, TimeRemaining, When } from '#app/ui/when.tsx';
import { inLanguage } from '../localized.ts';
import { recuseReviewer } from '../reviews/recuse-reviewer.ts';
import { ReviewForm } from '../reviews/review-form.tsx';
import { reviewPage } from '../reviews/review-queries.ts';
import { GivenReview } from '../reviews/review-scores.tsx';
import { ReviewedApplication } from '../reviews/reviewed-application.tsx';
import { saveReview } from '../reviews/save-review.ts';
import { scoreField } from '../reviews/schemas.ts';
import { submitReview } from '../reviews/submit-review.ts';
import type { Route } from './+types/review';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const { identity, ...page } = await shown(context, () => reviewPage(platform().db, actor, params.id));
  return {
    ...page,
    identity: identity && {
      ...identity,
      applicant: personName(identity.applicant, locale),
      endorsement: identity.endorsement && {
        ...identity.endorsement,
        name: personName(identity.endorsement.name, locale),
      },
    },
    now,
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const values = typed(form);
  return answer(context, values, async () => {
    const review = { reviewId: params.id, revision: values.revision ?? '' };
    if (values.intent === 'recuse') {
      await recuseReviewer(db, actor, { ...review, reason: values.reason ?? '' });
      return done('/reviews', 'reviews:review.recused');
    }
    if (values.intent === 'submit') {
      await submitReview(db, actor, { ...review, typed: values });
      return done('/reviews', 'reviews:review.submitted');
    }
    await saveReview(db, actor, { ...review, typed: values });
    return done(`/reviews/${params.id}`, 'reviews:review.saved');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.application.title, loaderData?.application.reference),
];

/** One review: the application as far as the call lets the reviewer see it, and the form. */
export default function ReviewPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const { review, call, application, open, now } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const recused = review.state === 'recused';
  const labels = Object.fromEntries(
    (call.rubric?.criteria ?? []).map((one) => [scoreField(one.code), inLanguage(one.title, language)]),
  );
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('queue.title'), href: '/reviews' }, { label: application.reference }]}
        title={recused ? application.reference : <TypedLine text={application.title} />}
        lede={inLanguage(call.title, language)}
      />
      <ErrorSummary errors={formErrors(refused, labels)} title={refused?.refused?.sentence} />
      {recused && (
        <Card title={t('review.recusedTitle')} tone="risk">
          <p>{t('review.recusedText')}</p>
          <p className="why">{review.stateReason}</p>
        </Card>
      )}
      {review.state === 'submitted' && (
        <Card title={t('review.submittedTitle')} tone="ok">
          {review.submittedAt && <When at={review.submittedAt} />}
          <p className="note">{t('review.submittedText')}</p>
        </Card>
      )}
      {review.state === 'assigned' && !open && (
        <Card title={t('review.overTitle')} tone="risk">
          <p>{t('review.overText')}</p>
        </Card>
      )}
      {open && (
        <Card tone={review.dueAt < now ? 'stop' : 'act'} title={t('review.turn')}>
          <p className="turn-until">
            <b>
              <Deadline at={review.dueAt} />
            </b>{' '}
            <span className="note">
              <TimeRemaining until={review.dueAt} now={now} />
            </span>
          </p>
          <p className="note">{t(call.blind ? 'review.blind' : 'review.open')}</p>
          {review.stateReason && (
            <>
              <p>{t('review.reopened')}</p>
              <p className="why">{review.stateReason}</p>
            </>
          )}
        </Card>
      )}
      {!recused && <ReviewedApplication page={loaderData} />}
      {call.rubric && (open || refused) && !recused && (
        <Card title={t('review.form')} id="review">
          <ReviewForm rubric={call.rubric} review={review} refused={refused} />
        </Card>
      )}
      {call.rubric && review.state === 'submitted' && !refused && (
        <Card title={t('review.given')} id="review">
          <GivenReview rubric={call.rubric} review={review} />
        </Card>
      )}
      {open && (
        <Card title={t('review.conflict')} id="conflict">
          <p className="note">{t('review.conflictText')}</p>
          <PortalForm hidden={{ revision: review.revision, intent: 'recuse' }}>
            <TextArea
              name="reason"
              label={t('review.conflictReason')}
              rows={3}
              value={refused?.values?.reason}
              error={fieldError(refused, 'reason')}
            />
            <FormActions>
              <SubmitButton kind="quiet">{t('review.recuse')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </Card>
      )}
    </>
  );
}
