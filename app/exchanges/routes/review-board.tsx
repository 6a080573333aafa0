import { useTranslation } from 'react-i18next';
import { formErrors } from '#app/platform/form-errors.ts';
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
import { languageOf } from '#app/ui/language.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { pageTitle } from '#app/ui/page-title.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { Progress } from '#app/ui/progress.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { Deadline } from '#app/ui/when.tsx';
import { inLanguage } from '../localized.ts';
import { reviewBoard } from '../reviews/board-queries.ts';
import { BoardTable } from '../reviews/board-table.tsx';
import { remindReviewers } from '../reviews/remind-reviewers.ts';
import type { Route } from './+types/review-board';

export async function loader({ context, params }: Route.LoaderArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const board = await shown(context, () => reviewBoard(platform().db, actor, params.ref, now));
  return { ...board, now, title: words(context)('reviews:board.title') };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const { count } = await remindReviewers(platform().db, actor, { reference: params.ref });
    return done(`/calls/${params.ref}/reviews`, 'reviews:board.reminded', { count });
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.call.reference),
];

/** The selection committee's board of a call: who reviews what, how far they are, and what the reviews come to. */
export default function ReviewBoardPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const { call, sides, progress, open, now } = loaderData;
  const refused = actionData && 'values' in actionData ? actionData : undefined;
  const late = progress.waiting + progress.overdue;
  const base = `/calls/${call.reference}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('crumbs.calls'), href: '/calls' },
          { label: call.reference, href: base },
          { label: t('board.title') },
        ]}
        title={t('board.title')}
        lede={inLanguage(call.title, language)}
      />
      <ErrorSummary errors={formErrors(refused)} title={refused?.refused?.sentence} />
      {call.reviewersPerApplication === 0 && (
        <Card title={t('board.noReviews')}>
          <p>{t('board.noReviewsText')}</p>
        </Card>
      )}
      {call.reviewersPerApplication > 0 && call.state === 'published' && (
        <Card title={t('board.stillOpen')} tone="risk">
          <p>{t('board.stillOpenText')}</p>
          <p>
            <b>
              <Deadline at={call.deadline} />
            </b>
          </p>
        </Card>
      )}
      {call.reviewersPerApplication > 0 && call.state !== 'published' && (
        <Card
          title={t('board.progress')}
          note={t('board.each', { count: call.reviewersPerApplication })}
          id="progress"
          tone={progress.overdue > 0 ? 'risk' : undefined}
        >
          <Progress
            label={t('board.progress')}
            parts={[
              {
                label: t('board.submitted', { count: progress.submitted }),
                value: progress.submitted,
                tone: 'ok',
              },
              {
                label: t('board.waiting', { count: progress.waiting }),
                value: progress.waiting,
                tone: 'act',
              },
              {
                label: t('board.overdue', { count: progress.overdue }),
                value: progress.overdue,
                tone: 'stop',
              },
              {
                label: t('board.unassigned', { count: progress.unassigned }),
                value: progress.unassigned,
                tone: 'idle',
              },
            ]}
          />
          <div className="actions mt-4">
            {open && progress.unassigned > 0 && (
              <ButtonLink href={`${base}/reviews/balance`}>{t('board.balance')}</ButtonLink>
            )}
            <ButtonLink href={`${base}/ranking`} kind={progress.unassigned > 0 ? 'quiet' : undefined}>
              {t('board.ranking')}
            </ButtonLink>
            {open && late > 0 && (
              <PortalForm inline>
                <SubmitButton kind="quiet">{t('board.remind')}</SubmitButton>
              </PortalForm>
            )}
          </div>
        </Card>
      )}
      {sides.map(({ side, places, rows }) => (
        <Card key={side} title={t(`board.to.${side}`)} note={t('board.places', { count: places })}>
          {rows.length === 0 ? (
            <p className="note">{t('board.none')}</p>
          ) : (
            <BoardTable call={call.reference} rows={rows} caption={t(`board.to.${side}`)} now={now} />
          )}
        </Card>
      ))}
      <p className="note">{t('board.legend')}</p>
    </>
  );
}
