import pino, { type Logger } from 'pino';

/**
 * The portal's log: JSON lines on standard output. What goes in carries ids and codes, never names, addresses,
 * cookies or query strings; the redaction below is the second line, not the rule. The start sets its level.
 */
export const log: Logger = pino(
  {
    level: 'info',
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: ['*.password', '*.email', '*.cookie', '*.authorization', 'headers'], censor: '…' },
    serializers: { err: describeError },
  },
  pino.destination({ dest: 1, sync: true }),
);

/** An error for the log: a database error's values stay out, its code and constraint tell enough. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  const code = 'code' in error ? error.code : undefined;
  const constraint = 'constraint' in error ? error.constraint : undefined;
  // The query library writes the parameters of a failed query into its message.
  const message = error.message.replace(/\nparams:[\s\S]*$/, '');
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return { type: error.name, message, code, constraint, stack, cause };
}
