import { BASE_ERROR_CODES } from 'better-auth';
import { TWO_FACTOR_ERROR_CODES } from 'better-auth/plugins';
import { expect, it } from 'vitest';
import english from '#locales/en/errors.json';
import russian from '#locales/ru/errors.json';
import { authReason } from './auth-reasons.ts';

const codes = [...Object.keys(BASE_ERROR_CODES), ...Object.keys(TWO_FACTOR_ERROR_CODES)];

it('has a sentence in both languages for every error of the sign-in library', () => {
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !(code in english.auth))).toEqual([]);
  expect(codes.filter((code) => !(code in russian.auth))).toEqual([]);
});

it('says of an unknown error only that nothing was changed', () => {
  expect(authReason('INVALID_PASSWORD')).toBe('auth.INVALID_PASSWORD');
  expect(authReason('SOMETHING_NEW')).toBe('auth.unknown');
  expect(authReason(null)).toBe('auth.unknown');
});
