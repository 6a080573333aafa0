import { step } from '#app/platform/workflow.ts';
import type { Call } from '../scope.ts';
import type { CallContent } from './call-schema.ts';
import { callWorkflow } from './call-workflow.ts';

/** What two signatures make of a call. */
export type SignedStep = 'publish' | 'republish' | 'extend' | 'cancel';

/** What a version makes of its call once both have signed it. The columns of a published call are those in force. */
export function signedStep(
  call: Pick<Call, 'publishedVersionId' | 'deadline'>,
  content: CallContent,
): SignedStep {
  if (!call.publishedVersionId) return 'publish';
  if (content.cancellation) return 'cancel';
  return new Date(content.deadline) > call.deadline ? 'extend' : 'republish';
}

/** Whether that can still come about: a text that was changed before the deadline is of no use after it. */
export const comesTooLate = (call: Pick<Call, 'state'>, name: SignedStep) =>
  !step(callWorkflow, name, call.state);
