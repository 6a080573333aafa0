import { holds, institutionsOf, type Rules } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';

export const auditRules = {
  /** Their institution's records; the platform administrator's are those that belong to no institution. */
  'audit.read': { allow: [holds('coordinator', 'institution-admin', 'platform-admin')] },
  'audit.verify': { allow: [holds('platform-admin')] },
} satisfies Rules;

/** Whose records the actor reads: of these institutions, and of none where `portal`. */
export function auditScope(actor: PersonActor): { institutions: string[]; portal: boolean } {
  return {
    institutions: institutionsOf(actor, 'coordinator', 'institution-admin'),
    portal: institutionsOf(actor, 'platform-admin').length > 0,
  };
}
