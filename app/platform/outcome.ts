/** The expected ways an act can fail. Everything else that throws is a bug. */
export type OutcomeCode = 'not-found' | 'forbidden' | 'stale' | 'invalid' | 'limit' | 'unavailable';

export const STATUS: Record<OutcomeCode, number> = {
  'not-found': 404,
  forbidden: 403,
  stale: 409,
  invalid: 422,
  limit: 429,
  unavailable: 503,
};

/**
 * An expected failure. Thrown inside a transaction it rolls everything back. `reason` and the values
 * of `fields` are keys of `locales/*​/errors.json`, so that the reader gets a sentence of their own language.
 */
export class Refusal extends Error {
  readonly code: OutcomeCode;
  readonly reason: string;
  readonly params: Record<string, string | number>;
  readonly fields: Record<string, string[]>;

  constructor(
    code: OutcomeCode,
    reason: string,
    more: { params?: Record<string, string | number>; fields?: Record<string, string[]> } = {},
  ) {
    super(`${code}: ${reason}`);
    this.name = 'Refusal';
    this.code = code;
    this.reason = reason;
    this.params = more.params ?? {};
    this.fields = more.fields ?? {};
  }
}

type More = { params?: Record<string, string | number>; fields?: Record<string, string[]> };

/** The record is out of the actor's scope, or is not there: the two must look the same. */
export const notFound = () => new Refusal('not-found', 'notFound');
/** The actor sees the record but this act is not theirs. */
export const forbidden = (reason = 'forbidden', more?: More) => new Refusal('forbidden', reason, more);
/** The record has changed since the form was shown. */
export const stale = (reason = 'stale') => new Refusal('stale', reason);
/** What was typed cannot be accepted; `fields` says where. */
export const invalid = (reason: string, more?: More) => new Refusal('invalid', reason, more);
/** Too many attempts; `params.seconds` says how long to wait. */
export const limit = (reason: string, more?: More) => new Refusal('limit', reason, more);
/** A part the portal depends on is away; nothing was changed. */
export const unavailable = (reason: string, more?: More) => new Refusal('unavailable', reason, more);
