import { isPerson, type Rules } from '#app/people/access.ts';

type OfPerson = { personId: string };

export const travelRules = {
  /** One's own passport: nobody enters or sees another's here. */
  'travel.keepOwn': { allow: [isPerson((record: OfPerson) => record.personId)] },
  'travel.revealOwn': { allow: [isPerson((record: OfPerson) => record.personId)] },
} satisfies Rules;
