import { institutionsOf } from '#app/people/access.ts';
import type { Room } from '#app/platform/room.ts';
import { delegationRules, eventRules } from './policy.ts';
import { waitingTasks } from './waiting-tasks.ts';

export const room: Room = {
  name: 'delegations',
  rights: [...Object.keys(delegationRules), ...Object.keys(eventRules)],
  navigation: (actor) =>
    institutionsOf(actor, 'coordinator', 'protocol').length > 0
      ? [{ text: 'delegations:navigation', href: '/delegations' }]
      : [],
  waiting: waitingTasks,
  auditCodes: [
    'event.planned',
    'event.programmeImported',
    'delegation.planned',
    'delegation.imported',
    'delegation.visaList',
    'delegation.share',
    'delegation.close',
  ],
};
