import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './source-files.ts';

const run = promisify(execFile);

/** A browser to drive: the binary, and what its environment needs beyond ours. */
export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

const onThePath = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Looks for a browser that the machine has. */
function findInstalled(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = onThePath.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(executable);
}

/** Unpacks the Chromium that npm brought, with its fonts and libraries, into `folder`. */
async function unpack(folder: string): Promise<void> {
  // The package unpacks into the temporary directory, and its libraries only where it believes itself on a
  // cloud function; a child process is told both without touching our own environment.
  const program = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: projectRoot,
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  });
}

/** The Chromium that npm brought, unpacked once per version and kept beside the installed packages. */
async function bundled(): Promise<Chromium> {
  const { version } = createRequire(import.meta.url)(
    '../../node_modules/@sparticuz/chromium/package.json',
  ) as {
    version: string;
  };
  const cache = join(projectRoot, 'node_modules/.cache');
  const home = join(cache, `chromium-${version}`);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const fresh = await mkdtemp(join(cache, 'chromium-unpacking-'));
    await unpack(fresh);
    // Whoever is first wins; a second one that unpacked at the same time throws its copy away.
    await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  const executablePath = join(home, 'chromium');
  const env: Record<string, string> = {};
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(home, 'fonts');
  if (!starts(executablePath, env)) {
    // A machine without NSS and expat: the package carries those of Amazon Linux 2023.
    env.LD_LIBRARY_PATH = [join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  return { executablePath, env };
}

/** Says whether the binary finds all its libraries. */
function starts(executablePath: string, env: Record<string, string>): boolean {
  try {
    execFileSync(executablePath, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Finds the browser: `CHROMIUM_PATH`, else one found on the machine, else the one that npm brought. */
export async function findChromium(): Promise<Chromium> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!executable(given)) throw new Error(`CHROMIUM_PATH is ${given}, which is no program that can be run`);
    return { executablePath: given, env: {} };
  }
  const installed = findInstalled();
  return installed ? { executablePath: installed, env: {} } : bundled();
}
