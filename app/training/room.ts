import { institutionsOf } from '#app/people/access.ts';
import type { Room } from '#app/platform/room.ts';
import { ENROLMENT } from './enrol-person.ts';
import { lapseOffersJob } from './jobs.ts';
import { messages } from './messages.ts';
import { trainingRules } from './policy.ts';
import { mayReadEvidence, ownEnrolments, runsHosted } from './run-queries.ts';
import { waitingTasks } from './waiting-tasks.ts';

export const room: Room = {
  name: 'training',
  rights: Object.keys(trainingRules),
  navigation: () => [{ text: 'training:navigation', href: '/training', also: ['/courses'] }],
  publicNavigation: [{ text: 'training:catalogue.title', href: '/courses' }],
  waiting: waitingTasks,
  async programme(db, actor) {
    if (institutionsOf(actor, 'coordinator').length > 0) {
      const runs = await runsHosted(db, actor, new Date().toISOString().slice(0, 10));
      if (runs.length === 0) return null;
      const sum = (of: 'confirmed' | 'waiting') => runs.reduce((total, run) => total + run[of], 0);
      return {
        heading: 'training:programme.heading',
        numbers: [
          { text: 'training:programme.runs', count: runs.length, href: '/training' },
          { text: 'training:programme.confirmed', count: sum('confirmed'), href: '/training' },
          { text: 'training:programme.waiting', count: sum('waiting'), href: '/training' },
        ],
      };
    }
    const own = await ownEnrolments(db, actor);
    if (own.length === 0) return null;
    return {
      heading: 'training:programme.own',
      numbers: [{ text: 'training:programme.courses', count: own.length, href: '/training' }],
    };
  },
  messages,
  jobs: [lapseOffersJob],
  files: [{ subjectType: ENROLMENT, mayRead: mayReadEvidence }],
  auditCodes: [
    'course-run.import',
    'course-run.change',
    'course-run.addSession',
    'course-run.removeSession',
    'course-run.markAttendance',
    'course-run.recordResults',
    'enrolment.request',
    'enrolment.agree',
    'enrolment.accept-evidence',
    'enrolment.decline-sponsorship',
    'enrolment.refuse-evidence',
    'enrolment.seat',
    'enrolment.queue',
    'enrolment.offer',
    'enrolment.accept',
    'enrolment.lapse',
    'enrolment.withdraw',
  ],
};
