import { tFor } from '#app/platform/i18n.server.ts';
import { Refusal } from '#app/platform/outcome.ts';
import { type CallForm, readCall } from './call-form.ts';
import type { CallContent } from './call-schema.ts';

/**
 * What a call's form says; the titles of the fixed documents are put in from both languages' words.
 *
 * @param before the text being changed: a title that was signed once is not reworded unasked.
 */
export function readCallForm(form: FormData, before?: CallContent): CallForm {
  const [en, ru] = [tFor('en'), tFor('ru')];
  return readCall(
    form,
    (kind) =>
      before?.documents.find(({ code }) => code === kind)?.title ?? {
        en: en(`exchanges:document.${kind}`),
        ru: ru(`exchanges:document.${kind}`),
      },
    before,
  );
}

/** Runs a use case of a call; what it says of the content's places is said at the fields of the form. */
export async function atFormFields<T>(fieldOf: (path: string) => string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fields: Record<string, string[]> = {};
    for (const [path, reasons] of Object.entries(error.fields)) fields[fieldOf(path)] ??= reasons;
    throw new Refusal(error.code, error.reason, { params: error.params, fields });
  }
}

/** What the grades of a usual scale of five stand for, in both languages: a new call begins with it. */
export function startingGrades(): Record<string, string> {
  const grades = [1, 2, 3, 4, 5] as const;
  return Object.fromEntries(
    (['en', 'ru'] as const).flatMap((language) =>
      grades.map((grade) => [`grade.${grade}.${language}`, tFor(language)(`exchanges:usualGrade.${grade}`)]),
    ),
  );
}
