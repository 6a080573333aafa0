import { useTranslation } from 'react-i18next';
import { fieldError } from '#app/platform/form-errors.ts';
import type { Refused } from '#app/platform/request.server.ts';
import { Radios } from '#app/ui/choices.tsx';
import { FormActions } from '#app/ui/form-actions.tsx';
import { languageOf } from '#app/ui/language.ts';
import { PortalForm } from '#app/ui/portal-form.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import type { Rubric } from '#db/schema/exchanges.ts';
import { inLanguage } from '../localized.ts';
import { gradesOf } from './rubric.ts';
import { COMMENT_MAX, scoreField } from './schemas.ts';

interface ReviewFormProps {
  rubric: Rubric;
  review: { revision: string; scores: Record<string, number>; comment: string; confidential: string };
  refused: Partial<Refused> | undefined;
}

/** A grade for each criterion of the call, a word for the applicant and one for the committee. */
export function ReviewForm({ rubric, review, refused }: ReviewFormProps) {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n);
  const grades = gradesOf(rubric).map(({ value, text }) => ({
    value: String(value),
    label: text ? t('form.grade', { value: String(value), text: inLanguage(text, language) }) : String(value),
  }));
  const values = refused?.values;
  const given = (code: string) => {
    if (values) return values[scoreField(code)];
    return review.scores[code] === undefined ? undefined : String(review.scores[code]);
  };
  return (
    <PortalForm hidden={{ revision: values?.revision ?? review.revision }}>
      {rubric.criteria.map((criterion) => (
        <Radios
          key={criterion.code}
          name={scoreField(criterion.code)}
          label={t('form.criterion', {
            title: inLanguage(criterion.title, language),
            weight: String(criterion.weight),
          })}
          options={grades}
          value={given(criterion.code)}
          error={fieldError(refused, scoreField(criterion.code))}
        />
      ))}
      <TextArea
        name="comment"
        label={t('form.comment')}
        hint={t('form.commentHint')}
        rows={8}
        maxLength={COMMENT_MAX * 2}
        value={values?.comment ?? review.comment}
        error={fieldError(refused, 'comment')}
      />
      <TextArea
        name="confidential"
        label={t('form.confidential')}
        hint={t('form.confidentialHint')}
        rows={4}
        maxLength={COMMENT_MAX * 2}
        value={values?.confidential ?? review.confidential}
        error={fieldError(refused, 'confidential')}
        optional
      />
      <FormActions>
        <SubmitButton name="intent" value="submit">
          {t('form.submit')}
        </SubmitButton>
        <SubmitButton kind="quiet" name="intent" value="save">
          {t('form.save')}
        </SubmitButton>
      </FormActions>
    </PortalForm>
  );
}
