import type { CallState } from '#db/schema/exchanges.ts';

/** States in which the text can be changed: after the deadline applicants have relied on it. */
export const EDITABLE: readonly CallState[] = ['draft', 'half-signed', 'published'];
/** Where a deadline can be moved: once the committee has begun, everybody's work would be judged twice. */
export const EXTENDABLE: readonly CallState[] = ['published', 'closed'];
/** Where a call can be called off: what the ranking has decided stands. */
export const CANCELLABLE: readonly CallState[] = ['published', 'closed', 'in-review'];
