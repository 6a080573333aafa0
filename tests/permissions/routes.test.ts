import type { RouteConfigEntry } from '@react-router/dev/routes';
import { beforeAll, describe, expect, test } from 'vitest';
import { usePortal } from '#tests/support/portal.ts';
import type { Visitor } from '#tests/support/visitor.ts';
import routes from '../../app/routes.ts';
import { ask, expected, fill, inTurns } from './ask.ts';
import { buildWorld } from './cast.ts';
import { changing, matrix } from './matrix.ts';

const portal = await usePortal({ jobs: false, demo: true });
let records: Record<string, string>;
const visitors = new Map<string, Visitor>([['guest', portal.visitor()]]);

const pathsOf = (entries: readonly RouteConfigEntry[]): string[] =>
  entries.flatMap(({ path = '', children = [] }) => [path, ...pathsOf(children)]);
const paths = pathsOf(await routes);

beforeAll(async () => {
  const world = await buildWorld(portal);
  records = world.records;
  for (const [who, visitor] of world.cast) visitors.set(who, visitor);
});

/** Everybody asks every line; answers what came otherwise than the matrix says. */
async function differences(lines: typeof matrix): Promise<string[]> {
  const found: string[] = [];
  await inTurns([...visitors], 4, async ([who, visitor]) => {
    for (const line of Object.values(lines).flat()) {
      const { method, form } = line;
      const path = fill(line.path, records);
      const wanted = expected(line, who);
      const came = await ask(portal.url, visitor, { method, path, ...(form && { form }) }).catch(String);
      const right = typeof wanted === 'string' ? fill(wanted, records) : wanted;
      if (came !== right) found.push(`${method} ${line.path} as ${who}: ${right} was agreed, ${came} came`);
    }
  });
  return found.sort();
}

/** Every table that a refused request could have written to, as one number each. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await portal.db.$client.query<{ name: string }>(
    `select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema in ('public', 'vault_in', 'vault_ru')
       and table_name not in ('rate_limit', 'session', 'verification')`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of rows) {
    const sum = await portal.db.$client.query<{ sum: string }>(
      `select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum from ${name} t`,
    );
    sums[name] = sum.rows[0]?.sum ?? '';
  }
  return sums;
}

describe('the matrix', () => {
  test('has a line for every route, and none for a route that is not there', () => {
    expect(Object.keys(matrix).sort()).toEqual([...new Set(paths)].sort());
    for (const path of Object.keys(changing)) expect(paths).toContain(path);
  });

  test('asks every route to be read and to be written', () => {
    const half = paths.filter((path) => {
      const methods = [...(matrix[path] ?? []), ...(changing[path] ?? [])].map(({ method }) => method);
      return !methods.includes('GET') || !methods.includes('POST');
    });
    expect(half).toEqual([]);
  });

  test('names only people of the cast, and everyone in it', () => {
    const known = new Set([...visitors.keys()].flatMap((who) => [who, who.split('.')[0] ?? '']));
    const named = Object.values(matrix).flatMap((lines) => lines.flatMap((line) => Object.keys(line)));
    expect([...new Set(named)].filter((name) => !known.has(name)).sort()).toEqual([
      'anyone',
      'form',
      'method',
      'path',
    ]);
    expect(visitors.size).toBe(24);
  });
});

describe('the portal', () => {
  test('answers everybody at every address as agreed, and nothing is changed by it', async () => {
    const before = await everything();
    expect(await differences(matrix)).toEqual([]);
    expect(await everything()).toEqual(before);
  }, 300_000);
});

describe('a form from another site', () => {
  const origins = ['https://evil.example', 'null', null] as const;

  test('is refused at every address, in the reader’s language, and nothing is changed', async () => {
    const before = await everything();
    const asked = Object.values({ ...matrix, more: Object.values(changing).flat() })
      .flat()
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('/u/') && path !== '/webhooks/resend');
    const found: string[] = [];
    const victim = visitors.get('coordinator.in');
    const cookie = [...(victim?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    await inTurns([...new Set(asked)], 4, async (path) => {
      for (const [index, origin] of origins.entries()) {
        const method = ['POST', 'PUT', 'DELETE'][index] ?? 'POST';
        const lng = index % 2 === 0 ? 'ru' : 'en';
        const url = new URL(fill(path, records), portal.url);
        url.searchParams.set('lng', lng);
        const response = await fetch(url, {
          method,
          redirect: 'manual',
          headers: { cookie, ...(origin && { origin }) },
          body: new URLSearchParams({ step: 'cancel', decision: 'accept' }),
        });
        const text = await response.text();
        const sentence = lng === 'ru' ? 'Форма отправлена с другого сайта' : 'sent from another site';
        if (response.status !== 403 || !text.includes(sentence)) {
          found.push(`${method} ${path} from ${origin}: ${response.status} ${text.slice(0, 80)}`);
        }
      }
    });
    expect(found).toEqual([]);
    expect(await everything()).toEqual(before);
  }, 180_000);

  test('is refused as well where the browser says so, whatever the origin', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await portal.visitor().post('/sign-up', {}, { headers })).status).toBe(403);
  });

  test('is refused at the framework’s own address of a page', async () => {
    const coordinator = visitors.get('coordinator.in');
    const answer = await coordinator?.post('/campaigns/new.data', {}, { origin: 'https://evil.example' });
    expect(answer?.status).toBe(403);
  });
});

describe('an odd request', () => {
  const someone = () => visitors.get('coordinator.in') as Visitor;

  test('in a language the portal does not speak is answered in one it does', async () => {
    for (const code of ['xx', 'RU', 'en-GB', 'ru,en', '<script>', '%F0%9F', '../ru', '']) {
      const answer = await portal.visitor('ru').get(`/calls?lng=${code}`);
      expect(answer.status, code).toBe(200);
      expect(answer.text, code).toContain('<html lang="ru"');
      expect(answer.headers.getSetCookie(), code).toEqual([]);
    }
    const headers = { 'accept-language': 'hi;q=1, xx-YY, *;q=0.1, ru;q=nonsense' };
    expect((await portal.visitor().get('/calls', { headers })).status).toBe(200);
  });

  test('by HEAD says what GET would say, without the page', async () => {
    for (const path of ['/', '/calls', '/home', '/campaigns', '/people', '/no/such/page', '/readyz']) {
      const head = await someone().request(path, { method: 'HEAD' }, { follow: false });
      const get = await someone().get(path, { follow: false });
      expect(head.status, path).toBe(get.status);
      expect(head.text).toBe('');
    }
    const student = visitors.get('student.in') as Visitor;
    expect((await student.request('/campaigns', { method: 'HEAD' })).status).toBe(403);
  });

  test('by a method no form has changes nothing that a form would not, and never fails', async () => {
    const before = await everything();
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const path of [
        '/home',
        '/campaigns',
        fill('/campaigns/{draftOfIn}', records),
        '/people/import',
        '/readyz',
      ]) {
        const answer = await someone().request(path, { method }, { follow: false });
        expect(answer.status, `${method} ${path}`).toBe(405);
      }
    }
    expect((await someone().request('/home', { method: 'PROPFIND' })).status).toBe(405);
    expect(await everything()).toEqual(before);
  });

  test('with a body that is no form is refused in words', async () => {
    const bodies: [string, string][] = [
      ['application/json', '{"step":"send"}'],
      ['text/plain', 'step=send'],
      ['multipart/form-data', 'nothing'],
      ['', 'x'],
    ];
    for (const [type, body] of bodies) {
      for (const path of ['/sign-in', '/campaigns/new', '/people/import', '/account']) {
        const who = path === '/sign-in' ? portal.visitor() : someone();
        const answer = await who.request(path, { method: 'POST', body, headers: { 'content-type': type } });
        expect(answer.status, `${path} ${type}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${path} ${type}`).toBeLessThan(500);
      }
    }
  });

  test('with cookies that nobody set is a stranger’s, and nothing breaks', async () => {
    for (const value of ['x', '%', '"', 'bnVsbA==', 'eyJ0ZXh0Ijp7fX0=', 'e30=', '%00', 'a.b.c']) {
      const visitor = portal.visitor('ru');
      for (const name of ['flash', 'lng', 'setu.session_token', 'setu.two_factor'])
        visitor.cookies.set(name, value);
      expect((await visitor.get('/')).status, value).toBe(200);
      expect((await visitor.get('/home', { follow: false })).status, value).toBe(303);
    }
  });

  test('for a page’s data in the framework’s own form is asked the same rights', async () => {
    const student = visitors.get('student.in') as Visitor;
    for (const path of [
      '/campaigns.data',
      '/people.data',
      '/audit.data',
      fill('/campaigns/{awaiting}.data', records),
    ]) {
      const answer = await student.get(path);
      expect(answer.text, path).not.toMatch(/Open day|t\.example|campaign\./);
    }
    const guest = await portal.visitor().get(fill('/exchanges/{application}.data', records));
    expect(guest.text).not.toContain('Solvent extraction');
  });
});

describe('what may change something', () => {
  test('is answered as agreed too', async () => {
    expect(await differences(changing)).toEqual([]);
  });
});
