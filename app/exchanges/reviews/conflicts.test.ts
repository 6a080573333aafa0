import { describe, expect, it } from 'vitest';
import { conflictBetween, pairKey } from './conflicts.ts';

const reviewer = { id: 'r', institutionId: 'i', laboratory: 'Laboratory  14' };
const applicant = { id: 'a', institutionId: 'i', laboratory: null, supervisorIds: [] as string[] };
const none = { supervision: new Set<string>(), declared: new Set<string>() };
const supervision = (...pairs: string[]) => ({ ...none, supervision: new Set(pairs) });

describe('a conflict', () => {
  it('is not seen where nothing connects the two', () => {
    expect(conflictBetween(reviewer, applicant, none)).toBeNull();
    expect(
      conflictBetween({ ...reviewer, laboratory: '' }, { ...applicant, laboratory: ' ' }, none),
    ).toBeNull();
    expect(
      conflictBetween(reviewer, applicant, supervision(pairKey('r', 'x'), pairKey('x', 'a'))),
    ).toBeNull();
  });

  it('is one’s own application', () => {
    expect(conflictBetween({ ...reviewer, id: 'a' }, applicant, none)).toBe('self');
  });

  it('is one’s own student, by the thesis or by the application', () => {
    expect(conflictBetween(reviewer, applicant, supervision(pairKey('r', 'a')))).toBe('student');
    expect(conflictBetween(reviewer, { ...applicant, supervisorIds: ['r'] }, none)).toBe('student');
  });

  it('is one’s own supervisor', () => {
    expect(conflictBetween(reviewer, applicant, supervision(pairKey('a', 'r')))).toBe('supervisor');
  });

  it('is the same laboratory of the same institution, however it is spelt', () => {
    const same = { ...applicant, laboratory: ' laboratory 14' };
    expect(conflictBetween(reviewer, same, none)).toBe('laboratory');
    expect(conflictBetween(reviewer, { ...same, institutionId: 'other' }, none)).toBeNull();
    const spelt = (laboratory: string) => ({ ...applicant, laboratory });
    expect(
      conflictBetween({ ...reviewer, laboratory: 'ОТДЕЛ ЁМКОСТЕЙ' }, spelt('Отдел емкостей'), none),
    ).toBe('laboratory');
  });

  it('is what was declared, about this applicant alone', () => {
    const declared = { ...none, declared: new Set([pairKey('r', 'a')]) };
    expect(conflictBetween(reviewer, applicant, declared)).toBe('declared');
    expect(conflictBetween(reviewer, { ...applicant, id: 'b' }, declared)).toBeNull();
  });
});
