/**
 * Starts the portal: `node app/start.ts [--dev | --worker]`. Run by Node itself, without a build.
 *
 * It says what it does while it does it. Whatever stops it is one clear line and leaves nothing running behind.
 */
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Embedded, EmbeddedError, runningEmbedded, startEmbedded } from '#db/embedded.server.ts';
import { projectRoot } from '#db/project-root.ts';
import { BuildFailed, ensureBuilt, serverBundle } from './platform/build.server.ts';
import {
  type Config,
  ConfigError,
  parseConfig,
  parseSettings,
  SECRET_NAMES,
  type Settings,
} from './platform/config.ts';
import { DataDirInUse, lockDataDir } from './platform/data-dir-lock.server.ts';
import { keepSecrets } from './platform/secrets.server.ts';
import type * as Server from './server.ts';

/** From the signal to the last process gone; then it ends the hard way. Milliseconds. */
const STOP_WITHIN = 4_500;

const mode = readMode(process.argv.slice(2));
/** What has to be undone, in the order it was done; undone from the end. */
const undo: (() => Promise<void> | void)[] = [];
const leaving = new AbortController();
let left: Promise<void> | undefined;
const began = performance.now();

process.env.NODE_ENV = mode === 'dev' ? 'development' : 'production';
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    say(`stopping (${signal})`);
    void leave(0);
  });
}
process.on('uncaughtException', (error) => {
  complain(error);
  void leave(1);
});
process.on('unhandledRejection', (error) => {
  complain(error);
  void leave(1);
});
stayWithNpm();

try {
  await main();
} catch (error) {
  if (!leaving.signal.aborted) {
    complain(error);
    await leave(1);
  }
}

async function main(): Promise<void> {
  const settings = parseSettings(process.env);
  prepareDataDir(settings.dataDir);
  const config = settings.embedded ? await withEmbedded(settings) : parseConfig(process.env);
  if (mode !== 'worker') await portIsFree(config.port, config.loopback);

  if (mode !== 'dev') {
    await ensureBuilt(
      () => say('building the portal (half a minute, only when its sources changed)'),
      leaving.signal,
    );
  }
  goOn();
  const development = mode === 'dev' ? await openDevelopment() : undefined;
  const server: typeof Server = development?.server ?? (await import(pathToFileURL(serverBundle).href));
  goOn();
  say('bringing the database up to date');
  for (const side of (await server.migrate(config)).vaultsAway) {
    say(`the vault of side "${side}" does not answer; the portal starts without it`);
  }
  goOn();
  if (mode === 'worker') {
    const worker = await server.work({ config });
    undo.push(() => worker.stop());
    say('doing the jobs of the queue; pages are served elsewhere');
    return;
  }
  let demo: Awaited<ReturnType<typeof server.prepareDemo>>;
  const portal = await server.start({
    config,
    development,
    prepare: async (platform) => {
      demo = await server.prepareDemo(platform, say);
    },
  });
  undo.push(() => portal.stop());
  goOn();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`ready after ${seconds} s at ${portal.url}`);
  if (demo) {
    say(`demo accounts, password ${demo.password}:`);
    for (const line of demo.accounts) console.log(`    ${line}`);
  }
  if (config.mail.transport === 'mailbox')
    say(`messages are not sent; read them at ${portal.url}/dev/mailbox`);
}

/** The portal's own PostgreSQL and secrets. A worker joins the server that a portal already runs. */
async function withEmbedded(settings: Settings): Promise<Config> {
  const given = SECRET_NAMES.every((name) => process.env[name]);
  const env = { ...(given ? {} : keepSecrets(settings.dataDir)), ...filled(process.env) };
  const running = mode === 'worker' ? runningEmbedded(settings.dataDir) : undefined;
  if (running) return parseConfig({ ...env, DATABASE_URL: running.url }, { embedded: true });

  const unlock = lockDataDir(settings.dataDir, settings.appUrl);
  undo.push(unlock);
  say(`starting PostgreSQL in ${path.relative(process.cwd(), settings.dataDir) || settings.dataDir}`);
  const lines: string[] = [];
  const database: Embedded = await startEmbedded({
    dataDir: settings.dataDir,
    log: (line) => {
      if (/FATAL|PANIC/.test(line)) console.error(line);
      else if (!/^\d{4}-/.test(line)) say(line);
      if (lines.push(line) > 20) lines.shift();
    },
    onLost: (reason) => {
      if (leaving.signal.aborted) return;
      complain(
        new Error(`${reason}; the portal stops with it. Its last words:\n${lines.slice(-5).join('\n')}`),
      );
      void leave(1);
    },
  });
  undo.push(() => database.stop());
  goOn();
  return parseConfig({ ...env, DATABASE_URL: database.url }, { embedded: true });
}

/** The build tool in this process: pages and server code are loaded from their sources, anew when they change. */
async function openDevelopment() {
  const { createServer, isRunnableDevEnvironment } = await import('vite');
  const sockets = http.createServer();
  const ours = process.listeners('SIGTERM');
  const vite = await createServer({
    configFile: path.join(projectRoot, 'remix.config.ts'),
    root: projectRoot,
    appType: 'custom',
    server: { middlewareMode: true, hmr: { server: sockets } },
  });
  // It would end the process its own way, with the database still running.
  for (const listener of process.listeners('SIGTERM')) {
    if (!ours.includes(listener)) process.off('SIGTERM', listener);
  }
  // It waits for its browser connection, which is not there on every page.
  undo.push(() => Promise.race([vite.close(), delay(500)]));
  const { ssr } = vite.environments;
  if (!ssr || !isRunnableDevEnvironment(ssr)) throw new Error('The build tool cannot run server code');
  // Asked for each time: after a change it is another copy, and all its parts belong together.
  const load = (): Promise<typeof Server> => ssr.runner.import(path.join(projectRoot, 'app', 'server.ts'));
  return {
    server: await load(),
    respond: async (request: Request, arrival: Server.Arrival) => (await load()).respond(request, arrival),
    before: vite.middlewares,
    attach: (edge: http.Server) => {
      // The build tool listens for its browser connection on a server that exists before ours does.
      edge.on('upgrade', (request, socket, head) => {
        undo.push(() => void socket.destroy());
        sockets.emit('upgrade', request, socket, head);
      });
    },
  };
}

function prepareDataDir(dataDir: string): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    const probe = path.join(dataDir, `.writable.${process.pid}`);
    fs.writeFileSync(probe, '');
    fs.rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new ConfigError(
      `DATA_DIR ${dataDir} cannot be written to (${code}): choose another, or give this user the right`,
    );
  }
}

/** Asks before anything slow is done; the portal asks again when it listens. */
async function portIsFree(port: number, loopback: boolean): Promise<void> {
  if (port === 0) return;
  const probe = http.createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new ConfigError(`PORT ${port} is in use by another program: stop it, or set PORT to a free one`),
        );
      } else if (error.code === 'EACCES') {
        reject(new ConfigError(`PORT ${port} is not open to this user: set PORT to one above 1023`));
      } else reject(error);
    });
    probe.listen({ port, host: loopback ? '127.0.0.1' : undefined }, () => probe.close(() => resolve()));
  });
}

function readMode(args: string[]): 'serve' | 'dev' | 'worker' {
  const [flag, ...rest] = args;
  if (rest.length === 0) {
    if (flag === undefined) return 'serve';
    if (flag === '--dev') return 'dev';
    if (flag === '--worker') return 'worker';
  }
  console.error('Usage: node app/start.ts [--dev | --worker]');
  process.exit(1);
}

/**
 * npm runs us through a shell, which keeps the signals npm passes on to itself, and tells nobody when npm is killed: we
 * would stay behind, holding the port. So we stop when our parents change.
 */
function stayWithNpm(): void {
  if (!process.env.npm_lifecycle_event) return;
  const parents = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const atFirst = parents();
  setInterval(() => {
    if (parents() === atFirst || leaving.signal.aborted) return;
    say('stopping: npm, which started this, is gone');
    void leave(0);
  }, 250).unref();
}

function parentOf(pid: number): string {
  try {
    return (
      fs
        .readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1] ?? ''
    );
  } catch {
    return '';
  }
}

/** Stops what was started, last first, and ends the process. Later calls wait for the first. */
function leave(code: number): Promise<void> {
  left ??= (async () => {
    leaving.abort();
    // Ends even when something hangs: the watcher beside the database stops it as soon as we are gone.
    setTimeout(() => process.exit(code || 1), STOP_WITHIN);
    for (let step = undo.pop(); step; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        complain(error);
      }
    }
    if (code === 0) say('stopped');
    process.exit(code);
  })();
  return left;
}

/** A signal may come between two steps; then the next one is not begun. */
function goOn(): void {
  leaving.signal.throwIfAborted();
}

function filled(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

function say(text: string): void {
  console.log(`setu-most: ${text}`);
}

/** What the operator did is one line; a bug keeps its stack. */
function complain(error: unknown): void {
  const clear =
    error instanceof ConfigError ||
    error instanceof BuildFailed ||
    error instanceof DataDirInUse ||
    error instanceof EmbeddedError ||
    (error instanceof Error && error.name === 'PortTaken');
  console.error(
    `setu-most: ${clear ? error.message : error instanceof Error ? (error.stack ?? error.message) : error}`,
  );
}
