/** Version of the text on the processing of personal data that sign-up shows (`account:consent.text`). */
export const CONSENT_VERSION = '2026-11';
