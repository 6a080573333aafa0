import { describe, expect, it } from 'vitest';
import { callContent } from '#tests/support/exchange.ts';
import { callDifference } from './call-difference.ts';
import { callFormValues, readCall } from './call-form.ts';
import { spotOfField, spotOfPath } from './call-places.ts';
import { type CallContent, callSchema } from './call-schema.ts';

const both = (en: string, ru: string) => ({ en, ru });
const [india, russia] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
const titleOf = (kind: string) => both(`The ${kind}`, `Документ: ${kind}`);

const content: CallContent = callContent({ in: india, ru: russia }, new Date('2026-11-21T10:00:00Z'), {
  documents: [
    { code: 'plan', title: titleOf('plan'), required: true },
    { code: 'cv', title: titleOf('cv'), required: false },
    { code: 'own-1', title: both('Safety certificate', 'Удостоверение по охране труда'), required: true },
    { code: 'own-3', title: both('Letter', 'Письмо'), required: false },
  ],
  rubric: {
    scale: { min: 0, max: 2 },
    criteria: [
      { code: 'c1', title: both('Plan', 'План'), weight: 70 },
      { code: 'c4', title: both('Use', 'Польза'), weight: 30 },
    ],
    grades: [0, 1, 2].map((value) => ({ value, text: both(`Grade ${value}`, `Оценка ${value}`) })),
  },
  reviewersPerApplication: 2,
  blindReview: true,
});

function formOf(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) {
    for (const one of name === 'eligible' ? value.split(',') : [value]) form.append(name, one);
  }
  return form;
}
const read = (values: Record<string, string>) => readCall(formOf(values), titleOf, content);
const problems = (values: Record<string, string>) => {
  const { content: said, fieldOf } = read(values);
  const result = callSchema.safeParse(said);
  return Object.fromEntries(
    (result.error?.issues ?? []).map((issue) => [fieldOf(issue.path.join('.')), issue.message]),
  );
};

describe('the form of a call', () => {
  it('filled from a text and sent back is that text: nothing is reset', () => {
    expect(callSchema.parse(read(callFormValues(content)).content)).toEqual(content);
  });

  it('leaves out empty rows, and keeps the codes of the others', () => {
    const values = callFormValues(content);
    const swapped = {
      ...values,
      'criterion.1.title.en': '',
      'criterion.1.title.ru': ' ',
      'criterion.1.weight': '',
      'criterion.2.weight': '60',
      'criterion.5.title.en': 'New',
      'criterion.5.title.ru': 'Новый',
      'criterion.5.weight': '40',
    };
    const { rubric } = callSchema.parse(read(swapped).content);
    expect(rubric?.criteria.map(({ code, weight }) => [code, weight])).toEqual([
      ['c4', 60],
      ['c1', 40],
    ]);
  });

  it('gives no two rows one code, whatever is sent', () => {
    const forged = { ...callFormValues(content), 'criterion.1.key': 'c4', 'document.2.key': '../x' };
    const { rubric, documents } = callSchema.parse(read(forged).content);
    expect(new Set(rubric?.criteria.map(({ code }) => code)).size).toBe(2);
    expect(new Set(documents.map(({ code }) => code)).size).toBe(4);
  });

  it('says each problem at its own field', () => {
    const values = callFormValues(content);
    expect(problems({ ...values, 'criterion.2.weight': '31' })).toEqual({
      'criterion.1.weight': 'exchanges.weightsSum',
    });
    expect(problems({ ...values, 'criterion.2.title.ru': '' })).toEqual({
      'criterion.2.title.ru': 'required',
    });
    expect(problems({ ...values, 'document.2.title.en': ' ' })).toEqual({
      'document.2.title.en': 'required',
    });
    expect(problems({ ...values, 'grade.1.ru': '' })).toEqual({ 'grade.1.ru': 'required' });
    expect(problems({ ...values, 'scale.max': '0' })).toEqual({ 'scale.max': 'exchanges.scaleBackwards' });
    expect(problems({ ...values, reviewersPerApplication: '6' })).toEqual({
      reviewersPerApplication: 'number',
    });
    const none = Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('criterion')));
    expect(problems(none)).toEqual({ 'criterion.1.title.en': 'exchanges.giveCriteria' });
  });
});

describe('the difference between two texts', () => {
  it('tells what came and went by its own parts, and the others not at all', () => {
    const { rubric, documents } = content;
    if (!rubric) throw new Error('No rubric');
    const [, second] = rubric.criteria;
    const after = {
      ...content,
      documents: documents.filter(({ code }) => code !== 'cv'),
      rubric: { ...rubric, criteria: second ? [{ ...second, weight: 100 }] : [] },
      cancellation: both('No laboratory', 'Нет лаборатории'),
    };
    const paths = callDifference(content, after).map(({ path }) => path);
    expect(paths).toEqual([
      '/cancellation/en',
      '/cancellation/ru',
      '/documents/cv/required',
      '/documents/cv/title/en',
      '/documents/cv/title/ru',
      '/rubric/criteria/c1/title/en',
      '/rubric/criteria/c1/title/ru',
      '/rubric/criteria/c1/weight',
      '/rubric/criteria/c4/weight',
    ]);
    for (const path of paths) expect(spotOfPath(path), path).not.toBeNull();
  });

  it('has a word for every place of a text and every field of the form', () => {
    const empty = { ...content, rubric: null, documents: [], areas: [] };
    for (const { path } of callDifference(empty, content)) expect(spotOfPath(path), path).not.toBeNull();
    const silent = Object.keys(callFormValues(content)).filter((name) => spotOfField(name) === null);
    expect(silent).toEqual([]);
  });
});
