import { tFor } from '#app/platform/i18n.server.ts';
import { Refusal } from '#app/platform/outcome.ts';
import { callContentOf, fieldOfIssue } from './call-form.ts';

/** What a call's form says; the titles of its documents are put in from both languages' words. */
export function readCallForm(form: FormData): unknown {
  const [en, ru] = [tFor('en'), tFor('ru')];
  return callContentOf(form, (kind) => ({
    en: en(`exchanges:document.${kind}`),
    ru: ru(`exchanges:document.${kind}`),
  }));
}

/** Runs a use case of a call; what it says of the content's fields is said at the fields of the form. */
export async function atFormFields<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fields: Record<string, string[]> = {};
    for (const [path, reasons] of Object.entries(error.fields)) fields[fieldOfIssue(path)] = reasons;
    throw new Refusal(error.code, error.reason, { params: error.params, fields });
  }
}
