import { institutionsOf, rolesOf } from '#app/people/access.ts';
import type { PersonActor } from '#app/platform/actor.ts';
import type { Room } from '#app/platform/room.ts';
import { countByState } from './list-queries.ts';
import { messages } from './messages.ts';
import { supervisionRules } from './policy.ts';
import { waitingTasks } from './waiting-tasks.ts';

/** Those who have something to do with theses: candidates, supervisors, coordinators. */
const concerned = (actor: PersonActor) =>
  rolesOf(actor).some((role) => role === 'student' || role === 'supervisor' || role === 'coordinator');

export const room: Room = {
  name: 'supervision',
  rights: Object.keys(supervisionRules),
  navigation: (actor) => (concerned(actor) ? [{ text: 'supervision:navigation', href: '/supervision' }] : []),
  waiting: waitingTasks,
  async programme(db, actor) {
    // A candidate has one thesis: numbers about it say nothing.
    if (institutionsOf(actor, 'supervisor', 'coordinator').length === 0) return null;
    const counts = await countByState(db, actor);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (total === 0) return null;
    const inState = (state: 'submitted' | 'opinions-in' | 'decision-proposed', text: string) => ({
      text: `supervision:programme.${text}`,
      count: counts.get(state) ?? 0,
      href: `/supervision?state=${state}`,
    });
    return {
      heading: 'supervision:programme.heading',
      numbers: [
        { text: 'supervision:programme.theses', count: total, href: '/supervision' },
        inState('submitted', 'submitted'),
        inState('opinions-in', 'opinionsIn'),
        inState('decision-proposed', 'decisionProposed'),
      ],
    };
  },
  messages,
  auditCodes: [
    'thesis.import',
    'progress-report.start',
    'progress-report.submit',
    'progress-report.return',
    'progress-report.opinion',
    'progress-report.open-opinions',
    'progress-report.propose',
    'progress-report.revise',
    'progress-report.decide',
  ],
};
