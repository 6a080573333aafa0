import { expect, test } from 'vitest';
import { tFor } from '#app/platform/i18n.server.ts';
import { REASONS } from '#app/travel/assess-readiness.ts';
import { LEG_PROBLEMS } from '#app/travel/check-legs.ts';
import { DEFAULTS } from '#app/travel/requirements.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { PROBLEM_CODES } from './delegation-problems.ts';
import { PROGRAMME_PROBLEMS } from './read-programme.ts';

test.each(LOCALES)('every problem and every reason has its words in %s', (locale) => {
  const t = tFor(locale) as unknown as (key: string) => string;
  const keys = [
    ...PROBLEM_CODES.map((code) => `delegations:problem.${code}`),
    ...PROGRAMME_PROBLEMS.map((code) => `delegations:programmeProblem.${code}`),
    ...REASONS.map((code) => `travel:reason.${code}`),
    ...LEG_PROBLEMS.map((code) => `travel:reason.leg.${code}`),
    ...['oddTerm', 'noReturn', 'noBedOnLanding', 'noBedBeforeLeaving', 'mateNotAgreed', 'bedElsewhere'].map(
      (code) => `travel:reason.${code}`,
    ),
    ...DEFAULTS.map(({ code }) => `travel:requirement.${code}`),
    ...DEFAULTS.filter((one) => one.sourced).map(({ code }) => `travel:source.${code}`),
  ];
  const missing = keys.filter((key) => {
    const said = t(key);
    return typeof said !== 'string' || said === key.split(':')[1];
  });
  expect(missing).toEqual([]);
});
