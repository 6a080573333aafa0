import { useTranslation } from 'react-i18next';
import { BilingualField } from '#app/ui/bilingual-field.tsx';
import { Card } from '#app/ui/card.tsx';
import { Radios } from '#app/ui/choices.tsx';
import { Field } from '#app/ui/field.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { REVIEWERS_MAX } from './call-schema.ts';
import type { BothOf, TextOf } from './document-fields.tsx';
import { CRITERIA_MAX, GRADE_MAX, gradesOf } from './rubric-schema.ts';

interface RubricFieldsProps {
  text: TextOf;
  both: BothOf;
  values: Record<string, string | undefined>;
}

/** How applications are reviewed: by how many, blind or open, by which criteria, and what each grade stands for. */
export function RubricFields({ text, both, values }: RubricFieldsProps) {
  const { t } = useTranslation('exchanges');
  const criteria = Array.from({ length: CRITERIA_MAX }, (_, index) => `criterion.${index + 1}`);
  const weights = criteria.map((row) => Number(values[`${row}.weight`] ?? 0) || 0);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const grades = gradesOf({ min: Number(values['scale.min']), max: Number(values['scale.max']) });
  return (
    <Card title={t('draft.review')} id="review">
      <Field
        {...text('reviewersPerApplication')}
        type="number"
        min={0}
        max={REVIEWERS_MAX}
        width="short"
        label={t('draft.reviewersPerApplication')}
        hint={t('draft.reviewersHint')}
      />
      <Radios
        {...text('blindReview')}
        label={t('draft.blindReview')}
        options={(['blind', 'open'] as const).map((how) => ({
          value: how,
          label: t(`draft.${how}`),
          hint: t(`draft.${how}Hint`),
        }))}
      />
      <h3 className="mt-6">{t('draft.criteria')}</h3>
      <p className="note mb-3">{t('draft.criteriaHint', { most: CRITERIA_MAX })}</p>
      <div className="rows">
        {criteria.map((row, index) => (
          <div className="row" key={row}>
            <input type="hidden" name={`${row}.key`} value={text(`${row}.key`).value ?? ''} />
            <BilingualField
              {...both(`${row}.title`)}
              label={t('place.criterion', { which: index + 1 })}
              maxLength={200}
              optional
            />
            <Field
              {...text(`${row}.weight`)}
              type="number"
              min={1}
              max={100}
              width="short"
              label={t('draft.weight')}
              optional
            />
          </div>
        ))}
      </div>
      {sum > 0 && <p className="note mb-3">{t('draft.weightsSum', { sum })}</p>}
      <h3 className="mt-6">{t('draft.grades')}</h3>
      <p className="note mb-3">{t('draft.gradesHint', { most: GRADE_MAX })}</p>
      <div className="grid gap-x-6 md:grid-cols-2">
        <Field
          {...text('scale.min')}
          type="number"
          min={0}
          max={GRADE_MAX}
          width="short"
          label={t('draft.scaleMin')}
        />
        <Field
          {...text('scale.max')}
          type="number"
          min={0}
          max={GRADE_MAX}
          width="short"
          label={t('draft.scaleMax')}
        />
      </div>
      <SubmitButton kind="quiet" name="intent" value="scale">
        {t('draft.showGrades')}
      </SubmitButton>
      <div className="rows mt-4">
        {grades.map((value) => (
          <BilingualField
            key={value}
            {...both(`grade.${value}`)}
            label={t('place.grade', { which: value })}
            maxLength={200}
            optional
          />
        ))}
      </div>
    </Card>
  );
}
