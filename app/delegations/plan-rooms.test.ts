import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysAfter } from '#app/platform/calendar.ts';
import { type Guest, planRooms } from './plan-rooms.ts';

const guest = (id: number, more: Partial<Guest> = {}): Guest => ({
  delegateId: `d${id}`,
  personId: `p${id}`,
  wish: 'twin',
  shareWithId: null,
  from: '2027-05-19',
  to: '2027-05-23',
  ...more,
});

describe('rooms', () => {
  it('are shared by two who named each other, also for unequal nights', () => {
    const rooms = planRooms([
      guest(1, { shareWithId: 'p2' }),
      guest(2, { shareWithId: 'p1', from: '2027-05-18' }),
    ]);
    expect(rooms).toMatchObject([
      {
        kind: 'twin',
        stays: [
          { bed: 1, from: '2027-05-19' },
          { bed: 2, from: '2027-05-18' },
        ],
      },
    ]);
  });

  it('are not shared while one has not agreed', () => {
    const rooms = planRooms([guest(1, { shareWithId: 'p2' }), guest(2, { shareWithId: 'p3' }), guest(3)]);
    expect(rooms.map((room) => room.stays.length)).toEqual([1, 1, 1]);
  });

  it('hold whoever comes: one bed for one person, one person in one bed, sharing only by mutual consent', () => {
    const index = fc.integer({ min: 0, max: 11 });
    const some = fc.array(
      fc.record({
        mate: fc.option(index),
        wish: fc.constantFrom('single', 'twin'),
        start: index,
        length: index,
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, (people) => {
        const guests = people.map(({ mate, wish, start, length }, id) =>
          guest(id, {
            wish: wish as Guest['wish'],
            shareWithId: mate === null || mate === id ? null : `p${mate}`,
            from: daysAfter('2027-05-01', start),
            to: daysAfter('2027-05-01', start + length),
          }),
        );
        const rooms = planRooms(guests);
        const stays = rooms.flatMap((room) => room.stays);
        expect(new Set(stays.map((stay) => stay.personId)).size).toBe(stays.length);
        expect(stays.length).toBe(guests.filter((one) => one.to > one.from).length);
        for (const room of rooms) {
          expect(new Set(room.stays.map((stay) => stay.bed)).size).toBe(room.stays.length);
          expect(room.stays.length).toBeLessThanOrEqual(room.kind === 'twin' ? 2 : 1);
          const [one, other] = room.stays.map((stay) => guests.find((who) => who.personId === stay.personId));
          if (one && other)
            expect([one.shareWithId, other.shareWithId]).toEqual([other.personId, one.personId]);
        }
      }),
    );
  });
});
