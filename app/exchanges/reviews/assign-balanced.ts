/** A reviewer (эксперт) for an application. */
export type Seat = { applicationId: string; reviewerId: string };

/** Names a reviewer and an application together, for the set of conflicts. */
export const seatKey = (applicationId: string, reviewerId: string) => `${applicationId}:${reviewerId}`;

type Input = {
  /** Each with the reviewers it has already: they count, and are not moved. */
  applications: readonly { id: string; reviewers: readonly string[] }[];
  reviewers: readonly string[];
  perApplication: number;
  /** `seatKey` of every pair that must not be. */
  conflicts: ReadonlySet<string>;
};

/**
 * Gives every application its number of reviewers, so that as many places as possible are filled and the work is
 * spread as evenly as conflicts allow: without conflicts no two reviewers differ by more than one application. Each
 * place is filled along an alternating path to the reviewer with the least work who can be reached by moving seats
 * already given (optimal semi-matching: Harvey, Ladner, Lovász, Tamir 2006). Every application gets its first reviewer
 * before any gets its second. The same input in another order gives the same answer.
 *
 * @returns the new seats only, and the applications that could not be filled.
 */
export function assignBalanced(input: Input): {
  seats: Seat[];
  short: { applicationId: string; missing: number }[];
} {
  const applications = [...input.applications].sort((a, b) => (a.id < b.id ? -1 : 1));
  const reviewers = [...new Set(input.reviewers)].sort();
  const kept = new Map(applications.map((one) => [one.id, new Set(one.reviewers)]));
  const given = new Map(applications.map((one) => [one.id, new Set<string>()]));
  const load = new Map(reviewers.map((id) => [id, 0]));
  for (const one of applications) {
    for (const id of new Set(one.reviewers)) load.set(id, (load.get(id) ?? 0) + 1);
  }
  const free = (applicationId: string) =>
    reviewers.filter(
      (id) =>
        !kept.get(applicationId)?.has(id) &&
        !given.get(applicationId)?.has(id) &&
        !input.conflicts.has(seatKey(applicationId, id)),
    );

  /** Whether one more place of the application could be filled. */
  function fill(start: string): boolean {
    /** By reviewer: the application that would take them. By application: the reviewer it would give up for it. */
    const takenBy = new Map<string, string>();
    const givesUp = new Map<string, string>();
    const queue = [start];
    for (const applicationId of queue) {
      for (const reviewerId of free(applicationId)) {
        if (takenBy.has(reviewerId)) continue;
        takenBy.set(reviewerId, applicationId);
        for (const other of applications) {
          if (other.id === start || givesUp.has(other.id) || !given.get(other.id)?.has(reviewerId)) continue;
          givesUp.set(other.id, reviewerId);
          queue.push(other.id);
        }
      }
    }
    let last: string | undefined;
    for (const reviewerId of takenBy.keys()) {
      if (last === undefined || (load.get(reviewerId) ?? 0) < (load.get(last) ?? 0)) last = reviewerId;
    }
    if (last === undefined) return false;
    load.set(last, (load.get(last) ?? 0) + 1);
    let moving: string | undefined = last;
    while (moving !== undefined) {
      const applicationId: string = takenBy.get(moving) ?? start;
      given.get(applicationId)?.add(moving);
      const released = givesUp.get(applicationId);
      if (applicationId === start || released === undefined) break;
      given.get(applicationId)?.delete(released);
      moving = released;
    }
    return true;
  }

  for (let round = 1; round <= input.perApplication; round += 1) {
    for (const one of applications) {
      if ((kept.get(one.id)?.size ?? 0) + round <= input.perApplication) fill(one.id);
    }
  }
  const seats = applications.flatMap(({ id }) =>
    [...(given.get(id) ?? [])].sort().map((reviewerId) => ({ applicationId: id, reviewerId })),
  );
  const short = applications.flatMap(({ id }) => {
    const missing = input.perApplication - (kept.get(id)?.size ?? 0) - (given.get(id)?.size ?? 0);
    return missing > 0 ? [{ applicationId: id, missing }] : [];
  });
  return { seats, short };
}
