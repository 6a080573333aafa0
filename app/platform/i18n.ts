import type account from '#locales/en/account.json';
import type audit from '#locales/en/audit.json';
import type common from '#locales/en/common.json';
import type delegations from '#locales/en/delegations.json';
import type errors from '#locales/en/errors.json';
import type exchanges from '#locales/en/exchanges.json';
import type home from '#locales/en/home.json';
import type letters from '#locales/en/letters.json';
import type mail from '#locales/en/mail.json';
import type notifications from '#locales/en/notifications.json';
import type people from '#locales/en/people.json';
import type placements from '#locales/en/placements.json';
import type reviews from '#locales/en/reviews.json';
import type supervision from '#locales/en/supervision.json';
import type training from '#locales/en/training.json';
import type travel from '#locales/en/travel.json';
import type verification from '#locales/en/verification.json';

/** The English words give the type; the check of parity holds the Russian ones to it. */
export type Words = {
  account: typeof account;
  audit: typeof audit;
  common: typeof common;
  delegations: typeof delegations;
  errors: typeof errors;
  exchanges: typeof exchanges;
  home: typeof home;
  letters: typeof letters;
  mail: typeof mail;
  notifications: typeof notifications;
  people: typeof people;
  placements: typeof placements;
  reviews: typeof reviews;
  supervision: typeof supervision;
  training: typeof training;
  travel: typeof travel;
  verification: typeof verification;
};

export type Namespace = keyof Words;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Words;
    returnNull: false;
  }
}
