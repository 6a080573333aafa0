import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError, formErrors } from '#app/platform/form-errors.ts';
import { answer, done, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Checkboxes } from '#app/ui/choices.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Field } from '#app/ui/field.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Select } from '#app/ui/select.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TypedLine } from '#app/ui/typed-line.tsx';
import { inLanguage } from '../localized.ts';
import { assignReviewers } from '../reviews/assign-reviewers.ts';
import { AssignedReview } from '../reviews/assigned-review.tsx';
import { committeeApplication } from '../reviews/board-queries.ts';
import { declareConflict } from '../reviews/declare-conflict.ts';
import { formatScore } from '../reviews/format-score.ts';
import { readSeats } from '../reviews/read-seats.ts';
import { releaseReview } from '../reviews/release-review.ts';
import { remindReviewers } from '../reviews/remind-reviewers.ts';
import { reopenReview } from '../reviews/reopen-review.ts';
import type { Route } from './+types/review-application';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  const page = await shown(context, () =>
    committeeApplication(platform().db, actor, { call: params.ref, application: params.application }, now),
  );
  return {
    ...page,
    now,
    name: personName(page.about.name, locale),
    candidates: page.candidates.map((one) => ({ ...one, name: personName(one, locale) })),
    declared: page.declared.map((one) => ({
      ...one,
      reviewer: one.reviewer ? personName(one.reviewer, locale) : '—',
      by: one.by ? personName(one.by, locale) : '—',
    })),
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  const { db } = platform();
  const values = typed(form);
  const here = `/calls/${params.ref}/reviews/${params.application}`;
  return answer(context, values, async () => {
    const reference = params.ref;
    const review = { reference, reviewId: values.review ?? '', revision: values.revision ?? '' };
    switch (values.intent) {
      case 'release':
        await releaseReview(db, actor, review);
        return done(here, 'reviews:assign.released');
      case 'reopen':
        await reopenReview(db, actor, { ...review, reason: values.reason ?? '' });
        return done(here, 'reviews:assign.reopened');
      case 'remind': {
        const applicationId = values.application ?? '';
        const { count } = await remindReviewers(db, actor, { reference, applicationId });
        return done(here, 'reviews:board.reminded', { count });
      }
      case 'conflict':
        await declareConflict(db, actor, {
          reference,
          applicationId: values.application ?? '',
          reviewerId: values.conflicted ?? '',
          reason: values.conflictReason ?? '',
        });
        return done(here, 'reviews:assign.conflictKept');
      default: {
        const seats = readSeats(form.getAll('reviewer').map((id) => `${values.application}:${id}`));
        const { count } = await assignReviewers(db, actor, { reference, seats, dueOn: values.dueOn ?? '' });
        return done(here, 'reviews:balance.done', { count });
      }
    }
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.name, loaderData?.about.reference),
];

/** One application as the committee sees it: its reviews, who else could review it, and who could not and why. */
export default function ReviewApplicationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const { call, about, standing, reviews, candidates, declared, open, now } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const able = candidates.filter((one) => one.conflict === null);
  const unable = candidates.filter((one) => one.conflict !== null);
  const values = refused?.values;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('crumbs.calls'), href: '/calls' },
          { label: call.reference, href: `/calls/${call.reference}` },
          { label: t('board.title'), href: `/calls/${call.reference}/reviews` },
          { label: about.reference },
        ]}
        title={<TypedLine text={about.title} />}
        lede={t('assign.lede', {
          name: loaderData.name,
          home: inLanguage(about.home, language),
          host: inLanguage(about.host, language),
        })}
      />
      <ErrorSummary
        errors={formErrors(refused, {
          reviewer: t('assign.reviewers'),
          dueOn: t('assign.dueOn'),
          reason: t('assign.reopenReason'),
          conflicted: t('balance.reviewer'),
          conflictReason: t('assign.conflictReason'),
        })}
        title={refused?.refused?.sentence}
      />
      {standing && (
        <Card title={t('assign.standing')} id="standing">
          <Facts
            facts={[
              { term: t('board.score'), value: <b>{formatScore(standing.score, language)}</b> },
              { term: t('board.median'), value: formatScore(standing.median, language) },
              { term: t('board.spread'), value: formatScore(standing.spread, language) },
              {
                term: t('board.reviews'),
                value: t('board.givenOf', { given: standing.given, expected: standing.expected }),
              },
            ]}
          />
        </Card>
      )}
      {reviews.length > 0 && (
        <>
          {reviews.map((one) => (
            <AssignedReview
              key={one.id}
              review={one}
              rubric={call.rubric}
              open={open}
              now={now}
              refused={values?.review === one.id ? refused : undefined}
            />
          ))}
          {open && reviews.some((one) => one.state === 'assigned') && (
            <div className="mb-4">
              <PortalForm hidden={{ intent: 'remind', application: about.id }}>
                <FormActions>
                  <SubmitButton kind="quiet">{t('board.remind')}</SubmitButton>
                </FormActions>
              </PortalForm>
            </div>
          )}
        </>
      )}
      {open && (
        <Card title={t('assign.title')} id="assign">
          {able.length === 0 ? (
            <p className="note">{t('assign.nobody')}</p>
          ) : (
            <PortalForm hidden={{ application: about.id, intent: 'assign' }}>
              <Checkboxes
                name="reviewer"
                label={t('assign.reviewers')}
                values={values?.reviewer?.split(',')}
                error={fieldError(refused, 'reviewer')}
                options={able.map((one) => ({
                  value: one.id,
                  label: one.name,
                  hint: t('assign.load', {
                    institution: inLanguage(one.institution, language),
                    count: one.load,
                  }),
                }))}
              />
              <Field
                name="dueOn"
                type="date"
                label={t('assign.dueOn')}
                hint={t('assign.dueHint')}
                value={values?.dueOn ?? loaderData.dueOn}
                error={fieldError(refused, 'dueOn')}
              />
              <FormActions>
                <SubmitButton>{t('assign.submit')}</SubmitButton>
              </FormActions>
            </PortalForm>
          )}
        </Card>
      )}
      <Card title={t('assign.conflicts')} id="conflicts">
        {unable.length === 0 && <p className="note">{t('assign.noConflicts')}</p>}
        <ul>
          {unable.map((one) => (
            <li key={one.id}>
              {one.name}: {one.conflict && t(`conflict.${one.conflict}`)}
            </li>
          ))}
        </ul>
        {declared.map((one) => (
          <p key={one.reviewerId} className="why">
            {t('assign.declaredBy', { reviewer: one.reviewer, by: one.by })} {one.reason}
          </p>
        ))}
        {open && able.length > 0 && (
          <PortalForm hidden={{ intent: 'conflict', application: about.id }}>
            <h3 className="mt-4">{t('assign.declare')}</h3>
            <Select
              name="conflicted"
              label={t('balance.reviewer')}
              options={able.map((one) => ({ value: one.id, label: one.name }))}
              value={values?.conflicted}
              error={fieldError(refused, 'conflicted')}
            />
            <TextArea
              name="conflictReason"
              label={t('assign.conflictReason')}
              rows={3}
              value={values?.conflictReason}
              error={fieldError(refused, 'conflictReason')}
            />
            <FormActions>
              <SubmitButton kind="quiet">{t('assign.declareSubmit')}</SubmitButton>
            </FormActions>
          </PortalForm>
        )}
      </Card>
    </>
  );
}
