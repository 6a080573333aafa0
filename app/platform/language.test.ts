import { describe, expect, it } from 'vitest';
import { chooseLanguage } from './language.ts';

const nothing = { query: null, cookie: null, profile: null, acceptLanguage: null };

describe('the language of a request', () => {
  it('is what the address says, over everything else', () => {
    expect(chooseLanguage({ query: 'ru', cookie: 'en', profile: 'en', acceptLanguage: 'en' })).toBe('ru');
  });

  it('is the cookie before the profile, and the profile before the browser', () => {
    expect(chooseLanguage({ ...nothing, cookie: 'ru', profile: 'en' })).toBe('ru');
    expect(chooseLanguage({ ...nothing, profile: 'ru', acceptLanguage: 'en' })).toBe('ru');
  });

  it('passes over codes that are neither language', () => {
    expect(chooseLanguage({ ...nothing, query: 'de', cookie: '../ru', profile: 'ru' })).toBe('ru');
    expect(chooseLanguage({ ...nothing, query: '', acceptLanguage: 'hi, de;q=0.9' })).toBe('en');
  });

  it('weighs what the browser asks for by quality', () => {
    expect(chooseLanguage({ ...nothing, acceptLanguage: 'en;q=0.5, ru-RU;q=0.9' })).toBe('ru');
    expect(chooseLanguage({ ...nothing, acceptLanguage: 'ru;q=0, en-GB;q=0.1' })).toBe('en');
  });
});
