import { invalid } from '#app/platform/outcome.ts';
import type { AttendanceMark } from '#db/schema/training.ts';
import type { GivenResult } from './record-results.ts';
import { gradeText, markForm } from './schemas.ts';

/** The marks of a roll's form, by enrolment; what was left open is left out. */
export function readMarks(form: FormData): Map<string, AttendanceMark> {
  const marks = new Map<string, AttendanceMark>();
  for (const [name, value] of form) {
    const id = /^mark\.([\da-f-]{36})$/.exec(name)?.[1];
    const mark = markForm.safeParse(value);
    if (id && mark.success) marks.set(id, mark.data);
  }
  return marks;
}

/**
 * The results of a form, by enrolment; people without a result are left out.
 *
 * @throws Refusal `invalid` for a grade that is none
 */
export function readResults(form: FormData): Map<string, GivenResult> {
  const results = new Map<string, GivenResult>();
  const fields: Record<string, string[]> = {};
  for (const [name, value] of form) {
    const id = /^result\.([\da-f-]{36})$/.exec(name)?.[1];
    if (!id || (value !== 'passed' && value !== 'failed')) continue;
    const grade = gradeText.safeParse(form.get(`grade.${id}`) ?? '');
    if (grade.success) results.set(id, { result: value, grade: grade.data });
    else fields[`grade.${id}`] = ['training.grade'];
  }
  if (Object.keys(fields).length > 0) throw invalid('invalid', { fields });
  return results;
}
