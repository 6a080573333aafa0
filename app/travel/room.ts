import type { Room } from '#app/platform/room.ts';
import { sweepJob } from './jobs.ts';
import { travelRules } from './policy.ts';

export const room: Room = {
  name: 'travel',
  rights: Object.keys(travelRules),
  navigation: () => [{ text: 'travel:navigation', href: '/travel' }],
  jobs: [sweepJob],
  auditCodes: [
    'vault.kept',
    'vault.revealed',
    'vault.erased',
    'trip.recorded',
    'requirement.changed',
    'requirement.restored',
    'requirement.added',
  ],
};
