import type { CallContent } from '../schemas.ts';
import type { Call } from '../scope.ts';

/** The columns of a call that repeat the content of its version in force. */
export function columnsOf(content: CallContent) {
  return {
    ...content,
    opensAt: new Date(content.opensAt),
    deadline: new Date(content.deadline),
    nominateBy: new Date(content.nominateBy),
    answerBy: new Date(content.answerBy),
  };
}

/** Whose signatures a call needs: one coordinator of each signing institution. */
export function signingParties(call: Pick<Call, 'signerIn' | 'signerRu'>) {
  return [
    { institutionId: call.signerIn, capacity: 'coordinator' },
    { institutionId: call.signerRu, capacity: 'coordinator' },
  ];
}

/** Number of the shape of `CallContent`; grows when the shape changes, so that old versions stay readable. */
export const CALL_SCHEMA_VERSION = 1;
