import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignBalanced, type Seat, seatKey } from './assign-balanced.ts';

type Case = {
  applications: { id: string; reviewers: string[] }[];
  reviewers: string[];
  perApplication: number;
  conflicts: Set<string>;
};

/** Small enough that every possible assignment can be tried. */
const cases = (most: { applications: number; reviewers: number; each: number }) =>
  fc
    .record({
      applications: fc.integer({ min: 0, max: most.applications }),
      reviewers: fc.integer({ min: 0, max: most.reviewers }),
      perApplication: fc.integer({ min: 0, max: most.each }),
      conflict: fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }),
      kept: fc.array(fc.nat(9), { minLength: 8, maxLength: 8 }),
    })
    .map(({ applications, reviewers, perApplication, conflict, kept }): Case => {
      const people = Array.from({ length: reviewers }, (_, index) => `r${index}`);
      const papers = Array.from({ length: applications }, (_, index) => {
        // A few have one reviewer already.
        const own = people[kept[index] ?? 9];
        return { id: `a${index}`, reviewers: own ? [own] : [] };
      });
      const conflicts = new Set(
        papers.flatMap((paper, row) =>
          people.flatMap((id, column) => (conflict[row * 8 + column] ? [seatKey(paper.id, id)] : [])),
        ),
      );
      return { applications: papers, reviewers: people, perApplication, conflicts };
    });

function loadsOf(given: Case, seats: readonly Seat[]): number[] {
  const all = [
    ...given.applications.flatMap((one) => one.reviewers),
    ...seats.map((seat) => seat.reviewerId),
  ];
  return given.reviewers.map((id) => all.filter((one) => one === id).length);
}

/** How many seats can be given at most, and how even the work can be then: by trying everything. */
function best(given: Case): { seats: number; squares: number } {
  let found = { seats: 0, squares: Number.POSITIVE_INFINITY };
  const walk = (index: number, seats: Seat[]) => {
    const paper = given.applications[index];
    if (!paper) {
      const squares = loadsOf(given, seats).reduce((sum, load) => sum + load * load, 0);
      const better = seats.length > found.seats || (seats.length === found.seats && squares < found.squares);
      if (better) found = { seats: seats.length, squares };
      return;
    }
    const room = Math.max(0, given.perApplication - paper.reviewers.length);
    const able = given.reviewers.filter(
      (id) => !paper.reviewers.includes(id) && !given.conflicts.has(seatKey(paper.id, id)),
    );
    for (let mask = 0; mask < 1 << able.length; mask += 1) {
      const chosen = able.filter((_, bit) => mask & (1 << bit));
      if (chosen.length > room) continue;
      walk(index + 1, [...seats, ...chosen.map((reviewerId) => ({ applicationId: paper.id, reviewerId }))]);
    }
  };
  walk(0, []);
  return found;
}

describe('a balanced assignment', () => {
  it('never seats a conflict, the same reviewer twice, or more than the call asks for', () => {
    fc.assert(
      fc.property(cases({ applications: 8, reviewers: 8, each: 4 }), (given) => {
        const { seats, short } = assignBalanced(given);
        const keys = seats.map((seat) => seatKey(seat.applicationId, seat.reviewerId));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.filter((key) => given.conflicts.has(key))).toEqual([]);
        for (const paper of given.applications) {
          const added = seats.filter((seat) => seat.applicationId === paper.id);
          expect(added.filter((seat) => paper.reviewers.includes(seat.reviewerId))).toEqual([]);
          const missing = short.find((one) => one.applicationId === paper.id)?.missing ?? 0;
          const wanted = Math.max(given.perApplication, paper.reviewers.length);
          expect(paper.reviewers.length + added.length + missing).toBe(wanted);
        }
      }),
    );
  });

  it('fills as many places as can be filled, as evenly as conflicts allow', () => {
    fc.assert(
      fc.property(cases({ applications: 4, reviewers: 4, each: 2 }), (given) => {
        const { seats } = assignBalanced(given);
        const squares = loadsOf(given, seats).reduce((sum, load) => sum + load * load, 0);
        expect({ seats: seats.length, squares }).toEqual(best(given));
      }),
      { numRuns: 300 },
    );
  });

  it('differs by one at most where nobody has a conflict', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        (papers, people, each) => {
          const given = {
            applications: Array.from({ length: papers }, (_, index) => ({ id: `a${index}`, reviewers: [] })),
            reviewers: Array.from({ length: people }, (_, index) => `r${index}`),
            perApplication: each,
            conflicts: new Set<string>(),
          };
          const { seats, short } = assignBalanced(given);
          const loads = loadsOf(given, seats);
          expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
          expect(short.length).toBe(each > people ? papers : 0);
        },
      ),
    );
  });

  it('is the same in whatever order applications and reviewers come', () => {
    fc.assert(
      fc.property(cases({ applications: 6, reviewers: 6, each: 3 }), (given) => {
        const turned = {
          ...given,
          applications: [...given.applications].reverse(),
          reviewers: [...given.reviewers].reverse(),
        };
        expect(assignBalanced(turned)).toEqual(assignBalanced(given));
      }),
    );
  });

  it('gives every application one reviewer before any gets two', () => {
    const conflicts = new Set([seatKey('a1', 'r1'), seatKey('a1', 'r2')]);
    const applications = ['a0', 'a1'].map((id) => ({ id, reviewers: [] }));
    const { seats, short } = assignBalanced({
      applications,
      reviewers: ['r0', 'r1', 'r2'],
      perApplication: 2,
      conflicts,
    });
    expect(seats).toEqual([
      { applicationId: 'a0', reviewerId: 'r1' },
      { applicationId: 'a0', reviewerId: 'r2' },
      { applicationId: 'a1', reviewerId: 'r0' },
    ]);
    expect(short).toEqual([{ applicationId: 'a1', missing: 1 }]);
  });
});
