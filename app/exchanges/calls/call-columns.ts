import type { Call } from '../scope.ts';
import type { CallContent } from './call-schema.ts';

/** The columns of a call that repeat the content of its version in force. Why it was extended only the version says. */
export function columnsOf({ extension: _why, cancellation, ...content }: CallContent) {
  return {
    ...content,
    opensAt: new Date(content.opensAt),
    deadline: new Date(content.deadline),
    nominateBy: new Date(content.nominateBy),
    answerBy: new Date(content.answerBy),
    cancellation: cancellation ?? null,
  };
}

/** Whose signatures a call needs: one coordinator of each signing institution. */
export function signingParties(call: Pick<Call, 'signerIn' | 'signerRu'>) {
  return [
    { institutionId: call.signerIn, capacity: 'coordinator' },
    { institutionId: call.signerRu, capacity: 'coordinator' },
  ];
}

/**
 * Number of the shape of `CallContent`; grows when the shape changes, so that old versions stay readable. 2: a rubric
 * says what each grade stands for; extension and cancellation give their reason.
 */
export const CALL_SCHEMA_VERSION = 2;
