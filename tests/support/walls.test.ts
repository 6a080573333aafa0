import { describe, expect, test } from 'vitest';
import { findBreaches } from './walls.ts';

/** A small house: every path exists, and holds the given source. */
const house = (files: Record<string, string>) => findBreaches(new Map(Object.entries(files)));

const rooms = {
  'app/exchanges/accept-application.ts': '',
  'app/exchanges/policy.ts': '',
  'app/exchanges/queries.ts': '',
  'app/exchanges/room.ts': '',
  'app/notifications/send-campaign.ts': '',
  'app/people/access.ts': '',
  'app/platform/outcome.ts': '',
  'app/platform/room.ts': '',
  'app/travel/book-trip.ts': '',
  'db/schema/exchanges.ts': '',
};

describe('the walls', () => {
  test.each([
    ['app/home/queries.ts', "import { a } from '#app/exchanges/queries.ts'"],
    ['app/home/queries.ts', "import { a } from '#app/exchanges/accept-application.ts'"],
    ['app/home/queries.ts', "import { a } from '#app/people/access.ts'"],
    ['app/exchanges/list-trips.ts', "import { a } from '#app/travel/book-trip.ts'"],
    ['app/exchanges/routes/one.tsx', "import type { Row } from '#db/schema/exchanges.ts'"],
    ['app/exchanges/room.ts', "import type { Room } from '#app/platform/room.ts'"],
    ['app/rooms.ts', "import { room } from '#app/exchanges/room.ts'"],
    ['app/home/queries.test.ts', "import { a } from '#app/exchanges/policy.ts'"],
  ])('let %s say %s', (path, source) => {
    expect(house({ ...rooms, [path]: source })).toEqual([]);
  });

  test.each([
    ['app/ui/button.tsx', "import { a } from '#app/exchanges/queries.ts'", 'app/ui imports no domain'],
    ['app/platform/x.ts', "import type { A } from '#app/people/access.ts'", 'app/platform imports no domain'],
    ['db/x.ts', "import { a } from '#app/platform/outcome.ts'", 'db imports nothing from app'],
    ['app/home/queries.ts', "import { a } from '#app/exchanges/policy.ts'", 'only through its use cases'],
    ['app/home/queries.ts', "const a = import('#app/exchanges/policy.ts')", 'only through its use cases'],
    ['app/home/queries.ts', "export * from '../exchanges/policy.ts'", 'only through its use cases'],
    ['app/travel/x-y.ts', "import { a } from '#app/exchanges/queries.ts'", 'travel knows only a Trip'],
    ['app/home/queries.ts', "import { a } from '#app/notifications/send-campaign.ts'", 'nobody imports'],
    ['app/root.tsx', "import { a } from '#app/exchanges/room.ts'", 'only app/rooms.ts imports'],
    ['app/home/routes/h.tsx', "import { a } from '#db/schema/exchanges.ts'", 'routes import no schema table'],
    ['app/home/routes/h.tsx', "import { eq } from 'drizzle-orm'", 'routes hold no SQL'],
    ['app/home/utils.ts', '', 'names no job'],
    ['app/exchanges/helpers/x.ts', '', 'names no job'],
    ['app/ui/index.ts', '', 'no barrels'],
    ['app/home/queries.ts', "import { a } from './gone.ts'", 'no such file'],
  ])('refuse %s saying %s', (path, source, rule) => {
    expect(house({ ...rooms, [path]: source })).toEqual([expect.stringContaining(rule)]);
  });

  test('circles are found, circles of types alone are not', () => {
    const circle = (kind: string) =>
      house({
        'app/ui/a.ts': `import ${kind} { b } from './b.ts'`,
        'app/ui/b.ts': `import { c } from './c.ts'`,
        'app/ui/c.ts': `import { a } from './a.ts'`,
      });
    expect(circle('')).toEqual([expect.stringMatching(/^circle: app\/ui\/a\.ts → /)]);
    expect(circle('type')).toEqual([]);
  });
});
