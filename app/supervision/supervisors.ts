import type { ThesisRole } from '#db/schema/supervision.ts';

/** In which capacity a supervisor acts and signs. */
export type SupervisorRole = Exclude<ThesisRole, 'candidate'>;

/** The two supervisors, in the order in which a thesis names them. */
export const SUPERVISOR_ROLES: readonly SupervisorRole[] = ['supervisor', 'co-supervisor'];

/** Those members who supervise, the supervisor before the co-supervisor. */
export function supervisorsOf<M extends { role: ThesisRole }>(
  members: readonly M[],
): (M & { role: SupervisorRole })[] {
  return SUPERVISOR_ROLES.flatMap((role) =>
    members.filter((member): member is M & { role: SupervisorRole } => member.role === role),
  );
}
