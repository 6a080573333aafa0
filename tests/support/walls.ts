import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { closeCheck, readSources, type Sources } from './source-files.ts';

// The walls of the house: which part may import which. Own code because the usual tool reads TypeScript
// through the compiler's API, which version 7 no longer has; the parser is the one that knip brings anyway.

interface Import {
  from: string;
  /** Path from the root, or the bare package name. */
  to: string;
  typeOnly: boolean;
}

const nonRooms = new Set(['platform', 'ui']);
const forbiddenNames = /^(utils?|helpers?|libs?|services?|common)$/;

/** The room a path belongs to (`exchanges`), or undefined outside rooms. */
function roomOf(path: string): string | undefined {
  const [top, room, ...rest] = path.split('/');
  return top === 'app' && room && rest.length > 0 && !nonRooms.has(room) ? room : undefined;
}

const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const isUnder = (path: string, folder: string) => path.startsWith(`${folder}/`);
const isRoute = (path: string) => /^app\/[^/]+\/routes\//.test(path);

/**
 * What another room may import: a use case (`<verb>-<noun>.ts`), the queries, and the shared vocabulary
 * of access. A large room keeps its parts in folders (`exchanges/calls/`); a door in one is a door of the room.
 */
function isDoor(path: string): boolean {
  if (path === 'app/people/access.ts') return true;
  const file = /^app\/[^/]+\/(?:(?!routes\/)[^/]+\/)?([^/]+)\.ts$/.exec(path)?.[1]?.replace(/\.server$/, '');
  if (!file) return false;
  if (/(^|-)(schemas?|workflow|policy|room|jobs)$/.test(file)) return false;
  return /^([a-z0-9]+-)*queries$/.test(file) || /^[a-z]+(-[a-z0-9]+)+$/.test(file);
}

/** Turns an import's words into a path from the root, or a package's name. */
function resolveImport(from: string, request: string): string {
  const [bare = ''] = request.split('?');
  if (bare.startsWith('#')) return bare.slice(1);
  if (bare.startsWith('.')) return posix.join(posix.dirname(from), bare);
  return bare;
}

/** Lists the imports and re-exports of one file, those inside `import()` included. */
function importsOf(from: string, source: string): Import[] {
  const { module } = parseSync(from, source);
  const found: Import[] = [];
  const add = (request: string, typeOnly: boolean) =>
    found.push({ from, to: resolveImport(from, request), typeOnly });
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[1]) add(literal[1], false);
  }
  return found;
}

/** Says which wall an import breaks, or undefined. */
function breach({ from, to, typeOnly }: Import): string | undefined {
  const fromRoom = roomOf(from);
  const toRoom = roomOf(to);
  if (isUnder(from, 'db') && isUnder(to, 'app')) return 'db imports nothing from app';
  for (const base of ['app/ui', 'app/platform']) {
    if (isUnder(from, base) && isUnder(to, 'app') && !isUnder(to, 'app/ui') && !isUnder(to, 'app/platform')) {
      return `${base} imports no domain and nothing that knows the rooms`;
    }
  }
  if (isUnder(from, 'emails') && toRoom) return 'emails import no domain';
  if (toRoom && /^app\/[^/]+\/room\.ts$/.test(to) && from !== 'app/rooms.ts') {
    return "only app/rooms.ts imports the rooms' faces";
  }
  if (isRoute(from) && !typeOnly) {
    if (isUnder(to, 'db/schema')) return 'routes import no schema table: call a query or a use case';
    if (to === 'drizzle-orm' || isUnder(to, 'drizzle-orm')) return 'routes hold no SQL';
  }
  // The demo's story is told through every room's use cases, so it stands beside `rooms.ts`, above the rooms.
  if (!toRoom || fromRoom === toRoom || isUnder(from, 'app/demo')) return undefined;
  if (toRoom === 'notifications' && from !== 'app/rooms.ts' && from !== 'app/routes.ts') {
    return 'nobody imports notifications: send through app/platform/notify';
  }
  if (fromRoom === 'travel' && (toRoom === 'exchanges' || toRoom === 'delegations')) {
    return `travel knows only a Trip, not ${toRoom}`;
  }
  if (fromRoom && !isDoor(to)) return 'a room imports another only through its use cases and queries';
  return undefined;
}

/** Finds circles among runtime imports (Tarjan's strongly connected components). */
function circles(imports: Import[]): string[][] {
  const graph = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1 || graph.get(node)?.includes(node)) found.push(circle);
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** Finds names that say nothing about what a file is for, and barrels. */
function namelessFiles(path: string): string | undefined {
  if (!isUnder(path, 'app')) return undefined;
  const parts = path.split('/');
  const name = parts.find((part) => forbiddenNames.test(part.replace(/\.(server|client)?\.?tsx?$/, '')));
  if (name) return `${path}: “${name}” names no job; name the file for what it does`;
  return parts.at(-1) === 'index.ts' ? `${path}: no barrels; import the file itself` : undefined;
}

/**
 * Checks the walls of DESIGN §3 over the given sources. Tests may look anywhere.
 * @returns one line for each breach, with the rule that it breaks
 */
export function findBreaches(sources: Sources): string[] {
  const files = [...sources].filter(([path]) => !isTest(path));
  const imports = files.flatMap(([path, source]) => importsOf(path, source));
  const missing = imports
    .filter(
      ({ to }) => /^(app|db|emails)\/.*\.tsx?$/.test(to) && !sources.has(to) && !to.includes('/+types/'),
    )
    .map(({ from, to }) => `${from} → ${to}: there is no such file`);
  return [
    ...files.flatMap(([path]) => namelessFiles(path) ?? []),
    ...imports.flatMap((one) => {
      const rule = breach(one);
      return rule ? `${one.from} → ${one.to}: ${rule}` : [];
    }),
    ...missing,
    ...circles(imports).map((circle) => `circle: ${circle.join(' → ')}`),
  ];
}

if (import.meta.main) {
  const sources = readSources(['app/**/*.{ts,tsx}', 'db/**/*.{ts,tsx}', 'emails/**/*.{ts,tsx}']);
  closeCheck('Walls', findBreaches(sources), `${sources.size} files`);
}
