import type { Actor } from '#app/platform/actor.ts';
import type { Side } from '#db/schema/shared.ts';
import { holds, holdsAt, isPerson, type Rules, sidesOf } from './access.ts';

type OfInstitution = { institutionId: string };
type OfPerson = OfInstitution & { personId: string };

/** Coordinators and protocol officers work with all people of their side; its two institutions are one side. */
const holdsOnSide = (actor: Actor, record: { side: Side | null }) =>
  record.side !== null && sidesOf(actor, 'coordinator', 'protocol').includes(record.side);

export const peopleRules = {
  'people.list': { allow: [holds('coordinator', 'protocol', 'institution-admin')] },
  'people.import': { allow: [holds('coordinator', 'institution-admin')] },
  /** A row of an import: each side brings its own people, as the law of each side wants it. */
  'people.add': { allow: [holdsOnSide, holdsAt('institution-admin', (r: OfInstitution) => r.institutionId)] },
  /** A side has one calendar; whoever administers an institution of it may correct it. */
  'people.calendar': {
    allow: [
      (actor: Actor, record: { side: Side }) => sidesOf(actor, 'institution-admin').includes(record.side),
    ],
  },
  'people.grant': {
    allow: [holdsAt('institution-admin', (r: OfPerson) => r.institutionId)],
    deny: [isPerson((r: OfPerson) => r.personId)],
  },
} satisfies Rules;
