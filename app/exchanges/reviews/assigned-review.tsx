import { useTranslation } from 'react-i18next';
import { personName } from '#app/people/person-name.ts';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Card } from '#app/ui/card.tsx';
import { Chip } from '#app/ui/chip.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { Deadline, When } from '#app/ui/when.tsx';
import type { Rubric } from '#db/schema/exchanges.ts';
import { inLanguage } from '../localized.ts';
import type { committeeApplication } from './board-queries.ts';
import { GivenReview } from './review-scores.tsx';
import { REVIEW_TONES } from './review-tones.ts';

interface AssignedReviewProps {
  review: Awaited<ReturnType<typeof committeeApplication>>['reviews'][number];
  rubric: Rubric | null;
  /** The committee is at work on this application. */
  open: boolean;
  now: Date;
  refused: Partial<Refused> | undefined;
}

/** One reviewer's review as the committee sees it: until it is submitted, only that it is awaited. */
export function AssignedReview({ review, rubric, open, now, refused }: AssignedReviewProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const overdue = review.state === 'assigned' && review.dueAt < now;
  const hidden = { review: review.id, revision: review.revision };
  return (
    <Card
      title={personName(review.name, language)}
      note={inLanguage(review.institution, language)}
      aside={
        <Chip tone={overdue ? 'stop' : REVIEW_TONES[review.state]}>
          {t(overdue ? 'state.overdue' : `state.${review.state}`)}
        </Chip>
      }
    >
      {review.state === 'assigned' && (
        <p className="note">
          <Deadline at={review.dueAt} />
          {review.remindedAt && (
            <>
              {'. '}
              {t('assign.remindedAt')} <When at={review.remindedAt} />
            </>
          )}
        </p>
      )}
      {review.stateReason && <p className="why">{review.stateReason}</p>}
      {review.state === 'submitted' && rubric && (
        <>
          {review.submittedAt && (
            <p className="note">
              <When at={review.submittedAt} />
            </p>
          )}
          <GivenReview rubric={rubric} review={review} />
        </>
      )}
      {open && review.state === 'assigned' && (
        <PortalForm hidden={{ ...hidden, intent: 'release' }}>
          <FormActions>
            <SubmitButton kind="quiet">{t('assign.release')}</SubmitButton>
          </FormActions>
        </PortalForm>
      )}
      {open && review.state === 'submitted' && (
        <details className="mt-4" open={refused !== undefined}>
          <summary>{t('assign.reopen')}</summary>
          <PortalForm hidden={{ ...hidden, intent: 'reopen' }}>
            <TextArea
              name="reason"
              id={`reason-${review.id}`}
              label={t('assign.reopenReason')}
              rows={2}
              value={refused?.values?.reason}
              error={fieldError(refused, 'reason')}
            />
            <FormActions>
              <SubmitButton kind="quiet">{t('assign.reopen')}</SubmitButton>
            </FormActions>
          </PortalForm>
        </details>
      )}
    </Card>
  );
}
