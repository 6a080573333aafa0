import * as fs from 'node:fs';
import * as path from 'node:path';
import { runningEmbedded, startEmbedded } from '#db/embedded.server.ts';
import { type Config, ConfigError, parseConfig, parseSettings, SECRET_NAMES } from './config.ts';
import { lockDataDir } from './data-dir-lock.server.ts';
import { keepSecrets } from './secrets.server.ts';

/** An installation that a command works on beside the portal, or without it. */
export interface Installation {
  config: Config;
  /** Whether a portal runs on it now. Only known of the embedded default. */
  running: boolean;
  /** Stops the database where the command started it. */
  close(): Promise<void>;
}

/**
 * Opens the installation that the environment names: the one of `DATABASE_URL`, else the embedded one of `DATA_DIR`,
 * whose PostgreSQL is joined where a portal runs it and started where none does.
 *
 * @param options.fresh makes the data directory and its database where there are none.
 * @throws ConfigError, DataDirInUse, EmbeddedError with one clear line.
 */
export async function openInstallation(
  env: NodeJS.ProcessEnv,
  options: { doing: string; fresh?: boolean; say: (text: string) => void },
): Promise<Installation> {
  const settings = parseSettings(env);
  if (!settings.embedded) return { config: parseConfig(env), running: false, close: async () => {} };
  const { dataDir } = settings;
  const running = options.fresh ? undefined : runningEmbedded(dataDir);
  if (!running && !options.fresh && !holdsDatabase(dataDir)) {
    throw new ConfigError(
      `DATA_DIR ${dataDir} holds no database: start the portal there once, or set DATABASE_URL`,
    );
  }
  fs.mkdirSync(dataDir, { recursive: true });
  const unlock = running ? () => {} : lockDataDir(dataDir, `${settings.appUrl}, which is ${options.doing}`);
  try {
    const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
    const secrets = SECRET_NAMES.every((name) => filled[name]) ? {} : keepSecrets(dataDir);
    const configured = (url: string) =>
      parseConfig({ ...secrets, ...filled, DATABASE_URL: url }, { embedded: true });
    if (running) return { config: configured(running.url), running: true, close: async () => {} };
    options.say(`starting PostgreSQL in ${path.relative(process.cwd(), dataDir) || dataDir}`);
    const database = await startEmbedded({
      dataDir,
      log: (line) => {
        if (/PANIC/.test(line)) options.say(line);
      },
    });
    const close = async () => {
      await database.stop();
      unlock();
    };
    return { config: configured(database.url), running: false, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Whether a data directory holds the embedded default's database. */
export function holdsDatabase(dataDir: string): boolean {
  return fs.existsSync(path.join(dataDir, 'postgres', 'data', 'PG_VERSION'));
}
