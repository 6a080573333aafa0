import { instantOf, localTimeOf } from '#app/platform/local-instant.ts';
import type { LocalizedText } from '#db/schema/shared.ts';
import type { CallContent } from '../schemas.ts';

/** The documents a call can ask for; their titles are put into the call in both languages. */
export const DOCUMENT_KINDS = ['plan', 'cv', 'recommendation', 'language'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

const INSTANTS = ['opensAt', 'deadline', 'nominateBy', 'answerBy'] as const;
const PLAIN = ['direction', 'deadlineZone', 'stayFrom', 'stayUntil', 'signerIn', 'signerRu'] as const;
const NUMBERS = ['weeksMin', 'weeksMax', 'placesToIn', 'placesToRu'] as const;
const TEXTS = ['title', 'summary', 'conditions'] as const;

/**
 * What a call's form says, in the shape of `callSchema`, which judges it.
 *
 * @param documentTitle the title of a document in both languages.
 */
export function callContentOf(form: FormData, documentTitle: (kind: DocumentKind) => LocalizedText): unknown {
  const text = (name: string) => String(form.get(name) ?? '');
  const both = (name: string) => ({ en: text(`${name}.en`), ru: text(`${name}.ru`) });
  const zone = text('deadlineZone');
  const zoneKnown = zone === 'Asia/Kolkata' || zone === 'Europe/Moscow';
  const instant = (name: string) =>
    (zoneKnown ? instantOf(text(name), zone)?.toISOString() : undefined) ?? text(name);
  const asked = form.getAll('documents');
  const of = <N extends string, V>(names: readonly N[], value: (name: N) => V) =>
    Object.fromEntries(names.map((name) => [name, value(name)]));
  return {
    ...of(PLAIN, text),
    ...of(INSTANTS, instant),
    ...of(NUMBERS, (name) => text(name) || '0'),
    ...of(TEXTS, both),
    areas: areasOf(text('areas.en'), text('areas.ru')),
    eligible: form.getAll('eligible'),
    costs: { in: both('costsIn'), ru: both('costsRu') },
    documents: DOCUMENT_KINDS.filter((kind) => asked.includes(kind)).map((code) => ({
      code,
      title: documentTitle(code),
      required: true,
    })),
    rubric: null,
    reviewersPerApplication: 0,
    blindReview: false,
  };
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
  values.documents = content.documents.map((document) => document.code).join(',');
  return values;
}

/** The errors of `callSchema` at the fields of the form: a list's line stands at its list. */
export function fieldOfIssue(path: string): string {
  const [head = '', second = '', last = ''] = path.split('.');
  if (head === 'areas') return last === 'ru' ? 'areas.ru' : 'areas.en';
  if (head === 'costs') return `costs${second === 'ru' ? 'Ru' : 'In'}.${last || 'en'}`;
  return head === 'eligible' || head === 'documents' ? head : path;
}
