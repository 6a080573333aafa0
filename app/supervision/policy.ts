import { all, holds, holdsAt, isSystem, type Predicate, permits, type Rules } from '#app/people/access.ts';
import type { Actor } from '#app/platform/actor.ts';
import { forbidden } from '#app/platform/outcome.ts';
import type { Side } from '#db/schema/shared.ts';
import type { ThesisRole } from '#db/schema/supervision.ts';

/** A place in a thesis, as it is held now. */
export type Place = { personId: string; role: ThesisRole; institutionId: string; side: Side };

/** What the rights below are asked about. */
export type OfThesis = { members: readonly Place[] };

/** The place this actor holds in the thesis, null where none. */
export function placeOf(actor: Actor, record: OfThesis): Place | null {
  if (actor.kind !== 'person') return null;
  return record.members.find((member) => member.personId === actor.personId) ?? null;
}

const isCandidate: Predicate<OfThesis> = (actor, record) => placeOf(actor, record)?.role === 'candidate';

const standsAsSupervisor: Predicate<OfThesis> = (actor, record) => {
  const role = placeOf(actor, record)?.role;
  return role === 'supervisor' || role === 'co-supervisor';
};

/** Named as a supervisor of this thesis, and still granted the role where the place is held. */
const isSupervisor: Predicate<OfThesis> = (actor, record) => {
  const heldAt = holdsAt<OfThesis>('supervisor', (thesis) => placeOf(actor, thesis)?.institutionId ?? null);
  return all(standsAsSupervisor, heldAt)(actor, record);
};

export const supervisionRules = {
  /** Writing and submitting the report is the candidate's alone. */
  'supervision.report': { allow: [isCandidate] },
  'supervision.return': { allow: [isSupervisor] },
  'supervision.opinion': { allow: [isSupervisor] },
  'supervision.open-opinions': { allow: [isSystem] },
  'supervision.decide': { allow: [isSupervisor] },
  'supervision.sign': { allow: [isSupervisor] },
  'supervision.close': { allow: [isSystem] },
  'supervision.import': { allow: [holds('coordinator', 'institution-admin'), isSystem] },
} satisfies Rules;

export type SupervisionRight = keyof typeof supervisionRules;

/** Whether the actor has the right on this thesis. */
export function may(right: SupervisionRight, actor: Actor, record: OfThesis): boolean {
  return permits<OfThesis>(supervisionRules[right], actor, record);
}

/** @throws Refusal `forbidden` */
export function demand(right: SupervisionRight, actor: Actor, record: OfThesis): void {
  if (!may(right, actor, record)) throw forbidden();
}

/** The place in which this actor may act: a supervisor's is lost with the grant. */
export function actingRole(actor: Actor, record: OfThesis): ThesisRole | null {
  const place = placeOf(actor, record);
  if (place?.role === 'candidate') return 'candidate';
  return place && isSupervisor(actor, record) ? place.role : null;
}
