import { institutionsOf } from '#app/people/access.ts';
import type { Room } from '#app/platform/room.ts';
import { messages } from './messages.ts';
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
  messages,
  auditCodes: [
    'event.planned',
    'event.programmeImported',
    'delegation.planned',
    'delegation.imported',
    'delegation.visaList',
    'delegation.share',
    'delegation.close',
    'delegate.added',
    'delegate.changed',
    'delegate.removed',
    'delegate.legAdded',
    'delegate.legChanged',
    'delegate.legRemoved',
    'delegate.bedGiven',
    'delegate.bedChanged',
    'delegate.bedFreed',
    'delegate.shareAsked',
    'delegate.shareAgreed',
    'delegate.shareRefused',
    'delegate.visaData',
  ],
};
