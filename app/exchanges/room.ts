import { and, eq } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { Room } from '#app/platform/room.ts';
import { application } from '#db/schema/exchanges.ts';
import { eraseUnclaimed, refreshSearch } from './jobs.ts';
import { countByState, countWaiting, ownApplications } from './list-queries.ts';
import { messages } from './messages.ts';
import { placementMessages } from './placements/placement-messages.ts';
import { placementRules } from './placements/policy.ts';
import { exchangeRules } from './policy.ts';
import { visibleTo } from './scope.ts';
import { waitingTasks } from './waiting.ts';

export const room: Room = {
  name: 'exchanges',
  rights: [...Object.keys(exchangeRules), ...Object.keys(placementRules)],
  navigation: () => [{ text: 'exchanges:navigation', href: '/exchanges', also: ['/calls'] }],
  publicNavigation: [{ text: 'exchanges:calls.title', href: '/calls' }],
  waiting: waitingTasks,
  async programme(db, actor) {
    if (institutionsOf(actor, 'coordinator').length === 0) {
      const own = await ownApplications(db, actor, actor.locale);
      if (own.length === 0) return null;
      return {
        heading: 'exchanges:programme.own',
        numbers: [{ text: 'exchanges:programme.applications', count: own.length, href: '/exchanges' }],
      };
    }
    const [waits, states] = await Promise.all([countWaiting(db, actor), countByState(db, actor, {})]);
    const accepted = states.find(({ state }) => state === 'accepted');
    return {
      heading: 'exchanges:programme.heading',
      numbers: [
        { text: 'exchanges:programme.nominate', href: '/exchanges?party=home&ours=1', ...waits.nominate },
        { text: 'exchanges:programme.answer', href: '/exchanges?party=host&ours=1', ...waits.answer },
        {
          text: 'exchanges:programme.accepted',
          href: '/exchanges?state=accepted',
          count: accepted?.count ?? 0,
          capped: accepted?.capped ?? false,
        },
      ],
    };
  },
  messages: [...messages, ...placementMessages],
  jobs: [refreshSearch, eraseUnclaimed],
  files: [
    {
      subjectType: 'application',
      async mayRead(db, actor, subjectId) {
        const [seen] = await db
          .select({ id: application.id })
          .from(application)
          .where(and(eq(application.id, subjectId), visibleTo(actor)));
        return seen !== undefined;
      },
    },
  ],
  auditCodes: [
    'application.draft',
    'application.submit',
    'application.nominate',
    'application.refuseNomination',
    'application.accept',
    'application.decline',
    'application.withdraw',
    'placement.open',
    'placement.begin',
    'placement.confirmArrival',
    'placement.confirmDeparture',
    'placement.close',
    'placement.findNoShow',
    'placement.cancel',
    'call.draft',
    'call.countSignature',
    'call.publish',
    'call.reopen',
    'call.republish',
  ],
};
