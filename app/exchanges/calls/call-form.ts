import { instantOf, localTimeOf } from '#app/platform/local-instant.ts';
import type { AskedDocument } from '#db/schema/exchanges.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import type { CallContent } from './call-schema.ts';
import { CRITERIA_MAX, gradesOf } from './rubric-schema.ts';

/** The documents every call can ask for; their titles are put into the call in both languages. */
export const DOCUMENT_KINDS = ['plan', 'cv', 'recommendation', 'language'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
/** Rows for documents that one call alone asks for. */
export const OWN_DOCUMENTS = 4;

const INSTANTS = ['opensAt', 'deadline', 'nominateBy', 'answerBy'] as const;
const PLAIN = ['direction', 'deadlineZone', 'stayFrom', 'stayUntil', 'signerIn', 'signerRu'] as const;
const NUMBERS = ['weeksMin', 'weeksMax', 'placesToIn', 'placesToRu'] as const;
const TEXTS = ['title', 'summary', 'conditions'] as const;

/** A call's form as `callSchema` judges it, and where in the form a place of that content stands. */
export type CallForm = { content: unknown; fieldOf(path: string): string };

/**
 * Reads a call's form. Rows of criteria and documents that were left empty are left out.
 *
 * @param documentTitle the title of one of the fixed documents in both languages.
 * @param before the text being changed: an instant that was left as it was keeps its seconds, which the form has not.
 */
export function readCall(
  form: FormData,
  documentTitle: (kind: DocumentKind) => LocalizedText,
  before?: CallContent,
): CallForm {
  const text = (name: string) => String(form.get(name) ?? '');
  const both = (name: string) => ({ en: text(`${name}.en`), ru: text(`${name}.ru`) });
  const of = <N extends string, V>(names: readonly N[], value: (name: N) => V) =>
    Object.fromEntries(names.map((name) => [name, value(name)]));
  const criteria = rowsOf(form, 'criterion', CRITERIA_MAX, ['title.en', 'title.ru', 'weight']);
  const own = rowsOf(form, 'document', OWN_DOCUMENTS, ['title.en', 'title.ru']);
  const asked = DOCUMENT_KINDS.filter((kind) => text(`ask.${kind}`) !== '');
  const scale = { min: text('scale.min') || Number.NaN, max: text('scale.max') || Number.NaN };
  const grades = gradesOf({ min: Number(scale.min), max: Number(scale.max) });
  const criterionCodes = codesOf(form, 'criterion', criteria, 'c');
  const ownCodes = codesOf(form, 'document', own, 'own-');
  const content = {
    ...of(PLAIN, text),
    ...of(INSTANTS, (name) => instantTyped(text(name), text('deadlineZone'), before?.[name])),
    ...of(NUMBERS, (name) => text(name) || '0'),
    ...of(TEXTS, both),
    areas: areasOf(text('areas.en'), text('areas.ru')),
    eligible: form.getAll('eligible'),
    costs: { in: both('costsIn'), ru: both('costsRu') },
    documents: [
      ...asked.map((code) => ({
        code,
        title: documentTitle(code),
        required: text(`ask.${code}`) === 'required',
      })),
      ...own.map((row, index) => ({
        code: ownCodes[index],
        title: both(`document.${row}.title`),
        required: text(`document.${row}.need`) !== 'optional',
      })),
    ],
    rubric:
      criteria.length === 0
        ? null
        : {
            scale,
            criteria: criteria.map((row, index) => ({
              code: criterionCodes[index],
              title: both(`criterion.${row}.title`),
              weight: text(`criterion.${row}.weight`) || Number.NaN,
            })),
            grades: grades.map((value) => ({ value, text: both(`grade.${value}`) })),
          },
    reviewersPerApplication: text('reviewersPerApplication') || '0',
    blindReview: text('blindReview') === 'blind',
  };
  return { content, fieldOf: (path) => fieldOfIssue(path, { criteria, own, asked, grades }) };
}

/** An instant typed as a city's wall clock shows it, as ISO 8601 in UTC; what is none stays as it was typed. */
export function instantTyped(local: string, zone: string, before?: string): string {
  const known = zone === 'Asia/Kolkata' || zone === 'Europe/Moscow';
  if (known && before && localTimeOf(new Date(before), zone) === local) return before;
  return (known ? instantOf(local, zone)?.toISOString() : undefined) ?? local;
}

/** The rows of which something was filled in, counted from 1. */
function rowsOf(form: FormData, name: string, most: number, parts: readonly string[]): number[] {
  const rows = Array.from({ length: most }, (_, index) => index + 1);
  return rows.filter((row) =>
    parts.some((part) => String(form.get(`${name}.${row}.${part}`) ?? '').trim() !== ''),
  );
}

/** A row keeps its code for as long as it is in the text; a new row gets one that no other has. */
function codesOf(form: FormData, name: string, rows: readonly number[], prefix: string): string[] {
  const kept = rows.map((row) => String(form.get(`${name}.${row}.key`) ?? ''));
  const valid = kept.map((code, index) => /^[a-z][a-z0-9-]*$/.test(code) && kept.indexOf(code) === index);
  const used = new Set(kept.filter((_, index) => valid[index]));
  return kept.map((code, index) => {
    if (valid[index]) return code;
    let number = 1;
    while (used.has(`${prefix}${number}`)) number += 1;
    used.add(`${prefix}${number}`);
    return `${prefix}${number}`;
  });
}

/** Lines of both languages, paired by position. */
function areasOf(en: string, ru: string): LocalizedText[] {
  const lines = (text: string) =>
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
  const [english, russian] = [lines(en), lines(ru)];
  const most = Math.max(english.length, russian.length);
  return Array.from({ length: most }, (_, index) => ({ en: english[index] ?? '', ru: russian[index] ?? '' }));
}

/** The form filled from a version of a call. */
export function callFormValues(content: CallContent): Record<string, string> {
  const zone = content.deadlineZone;
  const values: Record<string, string> = {};
  for (const name of PLAIN) values[name] = content[name];
  for (const name of NUMBERS) values[name] = String(content[name]);
  for (const name of INSTANTS) values[name] = localTimeOf(new Date(content[name]), zone);
  const both = (name: string, text: LocalizedText) => {
    values[`${name}.en`] = text.en;
    values[`${name}.ru`] = text.ru;
  };
  for (const name of TEXTS) both(name, content[name]);
  both('costsIn', content.costs.in);
  both('costsRu', content.costs.ru);
  both('areas', {
    en: content.areas.map((area) => area.en).join('\n'),
    ru: content.areas.map((area) => area.ru).join('\n'),
  });
  values.eligible = content.eligible.join(',');
  for (const [index, document] of ownDocuments(content.documents).entries()) {
    both(`document.${index + 1}.title`, document.title);
    values[`document.${index + 1}.key`] = document.code;
    values[`document.${index + 1}.need`] = document.required ? 'required' : 'optional';
  }
  for (const { code, required } of content.documents) {
    if (isKind(code)) values[`ask.${code}`] = required ? 'required' : 'optional';
  }
  values.reviewersPerApplication = String(content.reviewersPerApplication);
  values.blindReview = content.blindReview ? 'blind' : 'open';
  if (!content.rubric) return values;
  values['scale.min'] = String(content.rubric.scale.min);
  values['scale.max'] = String(content.rubric.scale.max);
  for (const [index, criterion] of content.rubric.criteria.entries()) {
    both(`criterion.${index + 1}.title`, criterion.title);
    values[`criterion.${index + 1}.key`] = criterion.code;
    values[`criterion.${index + 1}.weight`] = String(criterion.weight);
  }
  for (const { value, text } of content.rubric.grades) both(`grade.${value}`, text);
  return values;
}

const isKind = (code: string): code is DocumentKind => DOCUMENT_KINDS.some((kind) => kind === code);
const ownDocuments = (documents: readonly AskedDocument[]) =>
  documents.filter((document) => !isKind(document.code));

/** Which rows of the form became which entries of the content. */
type Rows = {
  criteria: readonly number[];
  own: readonly number[];
  asked: readonly string[];
  grades: readonly number[];
};

/** The field of the form at which a problem of the content is said: a list's line stands at its list. */
function fieldOfIssue(path: string, rows: Rows): string {
  const [head = '', second = '', third = '', ...rest] = path.split('.');
  if (head === 'areas') return third === 'ru' ? 'areas.ru' : 'areas.en';
  if (head === 'costs') return `costs${second === 'ru' ? 'Ru' : 'In'}.${third || 'en'}`;
  if (head === 'eligible') return head;
  if (head === 'documents') {
    const own = rows.own[Number(second) - rows.asked.length];
    if (second !== '' && own) return ['document', own, third, ...rest].join('.');
    return `ask.${rows.asked[Number(second)] ?? DOCUMENT_KINDS[0]}`;
  }
  if (head !== 'rubric') return path;
  if (second === 'scale') return `scale.${third}`;
  if (second === 'grades') {
    const value = rows.grades[Number(third)];
    return third === '' || value === undefined ? 'scale.max' : `grade.${value}.${rest.at(-1)}`;
  }
  if (second === 'criteria' && third !== '') {
    return ['criterion', rows.criteria[Number(third)] ?? 1, ...rest].join('.');
  }
  return second === 'criteria' ? `criterion.${rows.criteria[0] ?? 1}.weight` : 'criterion.1.title.en';
}
