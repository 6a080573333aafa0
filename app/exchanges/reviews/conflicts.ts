/** Why somebody does not review an application. */
export const CONFLICTS = ['self', 'student', 'supervisor', 'laboratory', 'declared'] as const;
export type Conflict = (typeof CONFLICTS)[number];

export type ReviewerFacts = { id: string; institutionId: string; laboratory: string | null };
export type ApplicantFacts = {
  id: string;
  institutionId: string;
  laboratory: string | null;
  /** Supervisors the application itself names: at home, and who was asked to endorse it. */
  supervisorIds: readonly string[];
};
export type Relations = {
  /** `supervisor:candidate` of every thesis, present and past. */
  supervision: ReadonlySet<string>;
  /** `reviewer:applicant` of every conflict that was declared. */
  declared: ReadonlySet<string>;
};

/** Names two people together, for the sets of `Relations`. */
export const pairKey = (one: string, other: string) => `${one}:${other}`;

/**
 * Why this reviewer may not review this applicant, the strongest reason first; null where nothing stands in the way.
 * A laboratory counts as the same within one institution, however its name is spelt in case, spaces and «ё».
 */
export function conflictBetween(
  reviewer: ReviewerFacts,
  applicant: ApplicantFacts,
  relations: Relations,
): Conflict | null {
  if (reviewer.id === applicant.id) return 'self';
  const supervises =
    applicant.supervisorIds.includes(reviewer.id) ||
    relations.supervision.has(pairKey(reviewer.id, applicant.id));
  if (supervises) return 'student';
  if (relations.supervision.has(pairKey(applicant.id, reviewer.id))) return 'supervisor';
  const laboratory = plain(reviewer.laboratory);
  const together =
    laboratory !== '' &&
    laboratory === plain(applicant.laboratory) &&
    reviewer.institutionId === applicant.institutionId;
  if (together) return 'laboratory';
  return relations.declared.has(pairKey(reviewer.id, applicant.id)) ? 'declared' : null;
}

const plain = (name: string | null) =>
  (name ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase().replaceAll('ё', 'е');
