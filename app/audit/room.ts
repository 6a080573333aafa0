import { permits } from '#app/people/access.ts';
import type { Room } from '#app/platform/room.ts';
import { sealJob, signDayJob } from './jobs.ts';
import { auditRules } from './policy.ts';

export const room: Room = {
  name: 'audit',
  rights: Object.keys(auditRules),
  navigation: (actor) =>
    permits(auditRules['audit.read'], actor, {}) ? [{ text: 'audit:navigation', href: '/audit' }] : [],
  jobs: [sealJob, signDayJob],
  // Those of the platform, which has no room of its own, stand here too.
  auditCodes: ['audit.verified', 'version.added', 'version.signed'],
};
