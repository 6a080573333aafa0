import { and, eq } from 'drizzle-orm';
import { institutionsOf } from '#app/people/access.ts';
import type { Room } from '#app/platform/room.ts';
import { application } from '#db/schema/exchanges.ts';
import { callMessages } from './calls/call-messages.ts';
import { callWorkflow } from './calls/call-workflow.ts';
import { archiveCalls, closeCalls } from './calls/jobs.ts';
import { endorsementMessages } from './endorsement-messages.ts';
import { eraseUnclaimed, refreshSearch } from './jobs.ts';
import { countWaiting, ownApplications } from './list-queries.ts';
import { messages } from './messages.ts';
import { remindOverdue } from './placements/jobs.ts';
import { placementMessages } from './placements/placement-messages.ts';
import { placementRules } from './placements/policy.ts';
import { exchangeRules } from './policy.ts';
import { reviewRules } from './reviews/policy.ts';
import { remindOfReviews } from './reviews/review-jobs.ts';
import { reviewMessages } from './reviews/review-messages.ts';
import { reviewsFilesOf } from './reviews/review-queries.ts';
import { reviewWorkflow } from './reviews/review-workflow.ts';
import { visibleTo } from './scope.ts';
import { waitingTasks } from './waiting.ts';
import { applicationWorkflow } from './workflow.ts';

export const room: Room = {
  name: 'exchanges',
  rights: [...Object.keys(exchangeRules), ...Object.keys(placementRules), ...Object.keys(reviewRules)],
  navigation: (actor) => [
    { text: 'exchanges:navigation', href: '/exchanges', also: ['/calls'] },
    ...(institutionsOf(actor, 'reviewer').length > 0
      ? [{ text: 'reviews:navigation', href: '/reviews' }]
      : []),
  ],
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
    const waits = await countWaiting(db, actor);
    return {
      heading: 'exchanges:programme.heading',
      numbers: [
        { text: 'exchanges:programme.check', href: '/exchanges?stage=check&party=home', ...waits.check },
        {
          text: 'exchanges:programme.nominate',
          href: '/exchanges?stage=nominate&party=home',
          ...waits.nominate,
        },
        {
          text: 'exchanges:programme.reply',
          href: '/exchanges?stage=answer&party=home&ours=1',
          ...waits.reply,
        },
        {
          text: 'exchanges:programme.answer',
          href: '/exchanges?stage=answer&party=host&ours=1',
          ...waits.answer,
        },
        { text: 'exchanges:programme.stays', href: '/exchanges?stage=stay&party=home', ...waits.stays },
        { text: 'exchanges:programme.guests', href: '/exchanges?stage=stay&party=host', ...waits.guests },
      ],
    };
  },
  messages: [...callMessages, ...messages, ...endorsementMessages, ...placementMessages, ...reviewMessages],
  jobs: [closeCalls, archiveCalls, refreshSearch, eraseUnclaimed, remindOfReviews, remindOverdue],
  files: [
    {
      subjectType: 'application',
      async mayRead(db, actor, subjectId) {
        const [seen] = await db
          .select({ id: application.id })
          .from(application)
          .where(and(eq(application.id, subjectId), visibleTo(actor)));
        return seen !== undefined || reviewsFilesOf(db, actor, subjectId);
      },
    },
  ],
  auditCodes: [
    'application.draft',
    ...Object.keys(applicationWorkflow.transitions).map((step) => `application.${step}`),
    'application.translated',
    'endorsement.asked',
    'endorsement.given',
    'endorsement.refused',
    'endorsement.takenBack',
    'placement.open',
    'placement.begin',
    'placement.confirmArrival',
    'placement.confirmDeparture',
    'placement.close',
    'placement.findNoShow',
    'placement.cancel',
    'placement.amend',
    'placement.refuseProgramme',
    'placement.refuseClosing',
    'placement.nameSupervisor',
    'placement.dutyDone',
    'placement.request',
    'placement.grant',
    'placement.refuse',
    'placement.note',
    'placement.report',
    'placement.outputs',
    'placement.evaluate',
    'placement.costs',
    'review.assign',
    'review.remind',
    'review.conflict',
    ...Object.keys(reviewWorkflow.transitions).map((step) => `review.${step}`),
    'call.draft',
    ...Object.keys(callWorkflow.transitions).map((step) => `call.${step}`),
  ],
};
