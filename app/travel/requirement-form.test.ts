import { describe, expect, it } from 'vitest';
import { read } from '#app/platform/forms.ts';
import { ownRequirementForm, requirementForm } from './requirement-form.ts';

const typed = (more: Record<string, string | string[]> = {}) => {
  const form = new FormData();
  const fields: Record<string, string | string[]> = {
    'title.en': 'Passport',
    'title.ru': 'Паспорт',
    owner: 'traveller',
    leadDays: '21',
    leadUnit: 'calendar',
    purposes: 'speak',
    minDays: '',
    'source.en': '',
    'source.ru': '',
    sourceOn: '',
    active: 'on',
    version: '',
    ...more,
  };
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) form.append(name, one);
  }
  return form;
};
const refusalOf = (form: FormData) => {
  try {
    read(requirementForm, form);
  } catch (error) {
    return (error as { fields: Record<string, string[]> }).fields;
  }
  return null;
};

describe('the form of a definition', () => {
  it('reads what a browser sends', () => {
    expect(read(requirementForm, typed())).toEqual({
      title: { en: 'Passport', ru: 'Паспорт' },
      owner: 'traveller',
      leadDays: 21,
      leadUnit: 'calendar',
      purposes: ['speak'],
      minDays: null,
      source: { en: '', ru: '' },
      sourceOn: null,
      active: true,
      version: undefined,
    });
    const all = typed({ purposes: ['attend', 'speak', 'stay'], minDays: '31', active: [] });
    expect(read(requirementForm, all)).toMatchObject({ purposes: null, minDays: 31, active: false });
    const own = typed({ party: 'host', 'source.en': 'Order', 'source.ru': 'Приказ', sourceOn: '2026-11-20' });
    expect(read(ownRequirementForm, own)).toMatchObject({
      party: 'host',
      source: { en: 'Order', ru: 'Приказ' },
      sourceOn: '2026-11-20',
    });
  });

  it('names every field that is wrong', () => {
    const fields = refusalOf(
      typed({ 'title.ru': '', leadDays: '4000', 'source.en': 'Order', purposes: [], minDays: '0' }),
    );
    expect(fields).toMatchObject({
      'title.ru': ['required'],
      leadDays: ['travel.leadDays'],
      purposes: ['travel.requirementPurposes'],
      minDays: ['travel.leadDays'],
    });
    expect(refusalOf(typed({ 'source.en': 'Order' }))).toEqual({ 'source.ru': ['travel.sourceBoth'] });
    expect(refusalOf(typed({ sourceOn: '2026-11-20' }))).toEqual({ 'source.en': ['travel.sourceMissing'] });
    expect(refusalOf(typed({ leadDays: '-1' }))).toEqual({ leadDays: ['travel.leadDays'] });
    expect(refusalOf(typed({ sourceOn: '2026-02-30', owner: 'nobody' }))).toMatchObject({
      sourceOn: ['date'],
      owner: ['choice'],
    });
  });
});
