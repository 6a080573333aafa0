/**
 * The portal as one process: the HTTP edge around the framework's request handler, and the jobs beside it. The server
 * bundle starts here, so that every module is there once.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type * as http from 'node:http';
import * as net from 'node:net';
import * as path from 'node:path';
import * as builtPages from 'virtual:react-router/server-build';
import { createRequestHandler, RouterContextProvider } from 'react-router';
import { projectRoot } from '#db/project-root.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, isEmpty, seedDemo } from './demo.server.ts';
import type { Config } from './platform/config.ts';
import { requestState } from './platform/context.ts';
import { type Arrival, createEdge, type EdgeOptions } from './platform/edge/http-edge.server.ts';
import { createMetrics } from './platform/edge/metrics.server.ts';
import { loadStaticFiles } from './platform/edge/static-files.server.ts';
import { stopLive } from './platform/live.server.ts';
import { log } from './platform/log.server.ts';
import { migrateInstallation } from './platform/migrate-installation.server.ts';
import { closePlatform, openPlatform, type Platform } from './platform/runtime.server.ts';
import { rooms } from './rooms.ts';
import favicon from './ui/favicon.svg?raw';

/** How long requests may take to finish once the portal was told to stop. Milliseconds. */
const GRACE = 1_500;

export type { Arrival };

/** Brings the databases to the schema of this build: `start.ts` asks for it before it starts anything. */
export const migrate = migrateInstallation;

// Whose posts are taken is decided by `checkOrigin` alone: the framework would answer in no language, before it.
const pages = createRequestHandler(
  { ...builtPages, allowedActionOrigins: ['**'] },
  import.meta.env.DEV ? 'development' : 'production',
);

/** The portal without its edge: answers one request. */
export function respond(request: Request, arrival: Arrival): Promise<Response> {
  return pages(request, contextOf(request, arrival));
}

/** In development, what the build tool brings. */
export interface Development {
  /** Answers with the code as it stands now. */
  respond: typeof respond;
  before: NonNullable<EdgeOptions['before']>;
  /** Given the server before it listens, for the build tool's own connection to the browser. */
  attach: (server: http.Server) => void;
}

export interface StartOptions {
  config: Config;
  /** Overrides the configured port; 0 takes a free one. */
  port?: number;
  /** Whether jobs run in this process too; they do unless told otherwise. */
  jobs?: boolean;
  /** Runs once the platform is open and before anybody is answered: the demo seed. */
  prepare?: (platform: Platform) => Promise<void>;
  development?: Development;
}

export interface Running {
  /** Where the portal answers. */
  url: string;
  /** Stops accepting, lets requests finish, stops the jobs, closes the connections. */
  stop(): Promise<void>;
}

/** The port cannot be listened on; the message says why in one line. */
export class PortTaken extends Error {
  override name = 'PortTaken';
}

/**
 * Starts the portal on a migrated database.
 *
 * @throws PortTaken when the port is in use.
 */
export async function start(options: StartOptions): Promise<Running> {
  const { development } = options;
  const port = await choosePort(options);
  const config = { ...options.config, port };
  // Where another port than the configured one is asked for, the portal's own address follows it.
  if (port !== options.config.port && config.loopback) config.appUrl = withPort(config.appUrl, port);
  log.level = config.logLevel;

  const icon = { type: 'image/svg+xml', content: favicon };
  const files = await loadStaticFiles(path.join(projectRoot, 'build', 'client'), {
    '/favicon.svg': icon,
    '/favicon.ico': icon,
  });
  const platform = await openPlatform(config, rooms, { work: options.jobs !== false });
  const metrics = createMetrics();
  const edge = () =>
    createEdge({
      config,
      log,
      metrics,
      files: development ? () => false : files,
      before: development?.before,
      respond: development?.respond ?? respond,
    });
  const servers: http.Server[] = [];
  try {
    await options.prepare?.(platform);
    // `localhost` is two addresses, and browsers try either first. A loopback portal is nobody else's business.
    for (const host of config.loopback ? ['127.0.0.1', '::1'] : [undefined]) {
      const server = edge();
      development?.attach(server);
      if (await listen(server, port, host)) servers.push(server);
    }
  } catch (error) {
    await Promise.all(servers.map(finish));
    await closePlatform();
    throw error;
  }
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    // Event streams would keep their connections open for as long as they may.
    await Promise.all([stopLive(), ...servers.map(finish)]);
    await closePlatform();
  };
  return {
    url: config.appUrl,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Runs the jobs alone, on a database that other processes serve pages from. */
export async function work(options: {
  config: Config;
  prepare?: (platform: Platform) => Promise<void>;
}): Promise<{ stop(): Promise<void> }> {
  log.level = options.config.logLevel;
  const platform = await openPlatform(options.config, rooms, { work: true });
  await options.prepare?.(platform);
  return { stop: closePlatform };
}

/** A request as the root route finds it: what a stranger has, until it found out more. */
function contextOf(request: Request, { requestId, address }: Arrival): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(requestState, {
    requestId,
    address,
    nonce: randomBytes(16).toString('base64'),
    locale: 'en',
    url: new URL(request.url),
    now: new Date(),
    accountId: null,
    sessionId: null,
    actor: null,
    name: null,
    addressedAs: null,
    secondFactorDue: false,
    demo: false,
  });
  return context;
}

async function choosePort({ port, config }: StartOptions): Promise<number> {
  const wanted = port ?? config.port;
  if (wanted !== 0) return wanted;
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : config.port;
}

/** Listens; false where the machine has no such address (many containers have no IPv6). */
async function listen(server: http.Server, port: number, host: string | undefined): Promise<boolean> {
  server.listen({ port, host });
  try {
    await once(server, 'listening');
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (host === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) return false;
    if (code === 'EADDRINUSE') {
      throw new PortTaken(`Port ${port} is in use by another program: stop it, or set PORT to a free one`);
    }
    if (code === 'EACCES')
      throw new PortTaken(`Port ${port} is not open to this user: set PORT to one above 1023`);
    throw error;
  }
}

/** Stops accepting; requests finish, within reason. Event streams never would, and their readers come back. */
async function finish(server: http.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(impatient);
}

function withPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.origin;
}

/**
 * Seeds the demo where it belongs: into an empty embedded database whose portal only this machine reaches.
 *
 * @returns what to print for the people who try it out; undefined where no demo stands.
 */
export async function prepareDemo(
  platform: Platform,
  say: (text: string) => void,
): Promise<{ password: string; accounts: string[] } | undefined> {
  const { config, db } = platform;
  if (config.embedded && config.loopback && !platform.demo && (await isEmpty(db))) {
    say('seeding the demo');
    await seedDemo(platform);
  }
  return platform.demo ? { password: DEMO_PASSWORD, accounts: DEMO_ACCOUNTS } : undefined;
}

/**
 * Seeds the demo because the operator asked for it. The caller has refused a public address.
 *
 * @returns what to print; undefined where people live already.
 */
export async function seedDemoOnce(
  config: Config,
): Promise<{ password: string; accounts: string[] } | undefined> {
  log.level = config.logLevel;
  const platform = await openPlatform(config, rooms, { work: false });
  try {
    if (!(await isEmpty(platform.db))) return undefined;
    await seedDemo(platform);
    return { password: DEMO_PASSWORD, accounts: DEMO_ACCOUNTS };
  } finally {
    await closePlatform();
  }
}
