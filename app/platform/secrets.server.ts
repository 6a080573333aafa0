import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { z } from 'zod';
import { ConfigError, SECRET_NAMES } from './config.ts';

const stored = z.record(z.enum(SECRET_NAMES), z.string());

/**
 * The secrets the portal keeps for itself on the embedded default, made at the first start (`secrets.json`, 0600).
 *
 * A data directory that holds a database but no secrets is refused: new keys could never open what the old ones sealed.
 *
 * @throws ConfigError when the file is damaged, or missing beside a database.
 */
export function keepSecrets(dataDir: string): z.infer<typeof stored> {
  const file = path.join(dataDir, 'secrets.json');
  if (fs.existsSync(file)) {
    const parsed = stored.safeParse(parseJson(fs.readFileSync(file, 'utf8')));
    if (!parsed.success)
      throw new ConfigError(`DATA_DIR holds a damaged ${file}: bring it back from a backup`);
    return parsed.data;
  }
  if (fs.existsSync(path.join(dataDir, 'postgres', 'data', 'PG_VERSION'))) {
    throw new ConfigError(
      `DATA_DIR holds a database but no ${file}, without which its vaults stay closed: bring it back from a backup`,
    );
  }
  const made = {
    AUTH_SECRET: randomBytes(32).toString('base64'),
    VAULT_IN_KEY: randomBytes(32).toString('base64'),
    VAULT_RU_KEY: randomBytes(32).toString('base64'),
  };
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(draft, file);
  return made;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
