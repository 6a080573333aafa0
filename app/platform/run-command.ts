import { EmbeddedError } from '#db/embedded.server.ts';
import { ConfigError } from './config.ts';
import { DataDirInUse } from './data-dir-lock.server.ts';

/** The command was called wrongly; the message is how it is called. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Runs a command of the operator to its end. What they can mend is one line on the error stream and exit code 1; a bug
 * keeps its stack.
 *
 * @param clear further errors whose message is for the operator.
 */
export async function runCommand(
  task: (args: string[], say: (text: string) => void) => Promise<void>,
  clear: readonly (abstract new (...args: never[]) => Error)[] = [],
): Promise<void> {
  // Leaves by the door, so that what tidies up at the end is run.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  const expected = [UsageError, ConfigError, DataDirInUse, EmbeddedError, ...clear];
  try {
    await task(process.argv.slice(2), (text) => void process.stdout.write(`setu-most: ${text}\n`));
  } catch (error) {
    const known = error instanceof Error && expected.some((kind) => error instanceof kind);
    const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : error;
    process.stderr.write(`setu-most: ${text}\n`);
    process.exitCode = 1;
  }
}
