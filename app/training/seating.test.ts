import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Capacity, fits, poolsOf, reseatHolders, type Standing, seatPeople } from './seating.ts';

const capacity: fc.Arbitrary<Capacity> = fc
  .tuple(fc.nat(6), fc.nat(6), fc.nat(6))
  .filter(([quotaIn, quotaRu, surplus]) => quotaIn + quotaRu + surplus > 0)
  .map(([quotaIn, quotaRu, surplus]) => ({ quotaIn, quotaRu, seats: quotaIn + quotaRu + surplus }));

const side = fc.constantFrom('in' as const, 'ru' as const);

type Event = { join: 'in' | 'ru' } | { leave: number };
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(fc.record({ join: side }), fc.record({ leave: fc.nat(40) })),
  { maxLength: 60 },
);

/** Plays joins and leavings through the rule, as the portal does, and shows every state on the way. */
function play(run: Capacity, story: Event[], look: (people: Standing[], before: Standing[]) => void) {
  let people: Standing[] = [];
  let arrivals = 0;
  for (const event of story) {
    const before = people.map((one) => ({ ...one }));
    if ('join' in event) {
      arrivals += 1;
      people.push({ id: String(arrivals), side: event.join, queueNumber: arrivals, pool: null });
    } else {
      const leaver = people[event.leave % Math.max(1, people.length)];
      people = people.filter((one) => one !== leaver);
    }
    const { moves, seated } = seatPeople(run, people, true);
    for (const { id, to } of moves) for (const one of people) if (one.id === id) one.pool = to;
    for (const { id, pool } of seated) for (const one of people) if (one.id === id) one.pool = pool;
    look(people, before);
  }
}

const holding = (people: Standing[], pool: string) => people.filter((one) => one.pool === pool).length;

describe('the seats of a run', () => {
  test('are never given twice, and those of a side never to the other', () => {
    fc.assert(
      fc.property(capacity, events, (run, story) => {
        play(run, story, (people) => {
          const pools = poolsOf(run);
          expect(holding(people, 'in')).toBeLessThanOrEqual(pools.in);
          expect(holding(people, 'ru')).toBeLessThanOrEqual(pools.ru);
          expect(holding(people, 'surplus')).toBeLessThanOrEqual(pools.surplus);
          for (const one of people) if (one.pool) expect([one.side, 'surplus']).toContain(one.pool);
        });
      }),
    );
  });

  test('go to whoever of a side came first', () => {
    fc.assert(
      fc.property(capacity, events, (run, story) => {
        play(run, story, (people) => {
          for (const waiting of people.filter((one) => one.pool === null)) {
            const overtaken = people.some(
              (one) => one.pool && one.side === waiting.side && one.queueNumber > waiting.queueNumber,
            );
            expect(overtaken).toBe(false);
          }
        });
      }),
    );
  });

  test('never stand empty while somebody waits who may have them', () => {
    fc.assert(
      fc.property(capacity, events, (run, story) => {
        play(run, story, (people) => {
          const held = (of: 'in' | 'ru') => people.filter((one) => one.pool && one.side === of).length;
          for (const { side: of } of people.filter((one) => one.pool === null)) {
            const now = { in: held('in'), ru: held('ru') };
            expect(fits(run, { ...now, [of]: now[of] + 1 })).toBe(false);
          }
        });
      }),
    );
  });

  test('are taken from nobody', () => {
    fc.assert(
      fc.property(capacity, events, (run, story) => {
        play(run, story, (people, before) => {
          for (const had of before.filter((one) => one.pool)) {
            const now = people.find((one) => one.id === had.id);
            if (now) expect(now.pool).not.toBeNull();
          }
        });
      }),
    );
  });

  test('places count from one without a gap, and only fall unless an earlier arrival enters', () => {
    fc.assert(
      fc.property(capacity, events, (run, story) => {
        play(run, story, (people) => {
          const { places, seated, moves } = seatPeople(run, people, true);
          expect(seated).toEqual([]);
          expect(moves).toEqual([]);
          for (const of of ['in', 'ru'] as const) {
            const inOrder = people
              .filter((one) => one.side === of && one.pool === null)
              .toSorted((a, b) => a.queueNumber - b.queueNumber)
              .map((one) => places.get(one.id));
            expect(inOrder).toEqual(inOrder.map((_, index) => index + 1));
          }
        });
      }),
    );
  });

  test('a run can shrink exactly as far as those who hold seats still fit', () => {
    fc.assert(
      fc.property(capacity, fc.array(side, { maxLength: 12 }), (run, sides) => {
        const holders = sides.map((of, index) => ({
          id: String(index),
          side: of,
          queueNumber: index,
          pool: null,
        }));
        const held = {
          in: sides.filter((of) => of === 'in').length,
          ru: sides.filter((of) => of === 'ru').length,
        };
        const placed = reseatHolders(run, holders);
        expect(placed !== null).toBe(fits(run, held));
        if (placed) expect(placed.size).toBe(holders.length);
      }),
    );
  });

  test('after the closing nobody is seated any more', () => {
    const run = { seats: 2, quotaIn: 1, quotaRu: 1 };
    const waiting = { id: 'a', side: 'in' as const, queueNumber: 1, pool: null };
    expect(seatPeople(run, [waiting], false)).toEqual({ moves: [], seated: [], places: new Map([['a', 1]]) });
  });
});
