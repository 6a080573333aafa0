/**
 * The portal's environment, parsed once. Pure: it reads nothing but its argument, so it is tested without a process.
 * Messages are English: only the operator who starts the portal reads them.
 */
import * as net from 'node:net';
import * as path from 'node:path';
import { z } from 'zod';
import { parseVaultKeys, type VaultKey } from './vault-crypto.server.ts';

/** A value that stops the start. The message is one line and names the variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export type Env = Record<string, string | undefined>;
export type MailTransport = 'mailbox' | 'smtp' | 'resend';

/** What can be said before a database runs and secrets exist. */
export interface Settings {
  port: number;
  /** Origin without a trailing slash, for example `https://portal.example.org`. */
  appUrl: string;
  /** Whether people reach the portal over https: secure cookies and HSTS. */
  secure: boolean;
  /** Whether APP_URL is this machine alone: demo seed, local mailbox, listening on loopback only. */
  loopback: boolean;
  /** Absolute path. */
  dataDir: string;
  /** Whether the portal brings its own PostgreSQL (no DATABASE_URL given). */
  embedded: boolean;
  mail: {
    transport: MailTransport;
    smtpUrl: string | undefined;
    resendApiKey: string | undefined;
    resendBaseUrl: string;
    resendWebhookSecret: string | undefined;
  };
  files:
    | { kind: 'disk' }
    | {
        kind: 's3';
        bucket: string;
        region: string;
        endpoint: string | undefined;
        accessKeyId: string;
        secretAccessKey: string;
      };
  /** Addresses and networks (CIDR) of proxies whose X-Forwarded-For is believed. */
  trustProxy: string[];
  /** Addresses and networks (CIDR) that may read `/metrics`; nobody when empty. */
  metricsAllow: string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/** Everything the running portal needs. */
export interface Config extends Settings {
  databaseUrl: string;
  /** The role that migrates; the portal's own role where none is named. */
  migrateDatabaseUrl: string;
  authSecret: string;
  /** One vault per side: its connection, the schema of its own where it lies in the main database, its AES-256 keys. */
  vaults: Record<'in' | 'ru', { url: string; schemaName: string | undefined; keys: VaultKey[] }>;
}

/** Names of the secrets the portal makes for itself on the embedded default. */
export const SECRET_NAMES = ['AUTH_SECRET', 'VAULT_IN_KEY', 'VAULT_RU_KEY'] as const;

const port = z.coerce.number('must be a port number').int('must be a port number').min(0).max(65535);
const postgresUrl = urlOf(
  ['postgres:', 'postgresql:'],
  'must be a PostgreSQL address: postgres://user@host/database',
);
const networks = z.string().transform((text, context) => {
  const list = text.split(/[\s,]+/).filter((entry) => entry !== '');
  for (const entry of list) {
    if (!isNetwork(entry)) {
      context.addIssue({
        code: 'custom',
        message: `must list addresses or networks (CIDR); "${entry}" is neither`,
      });
    }
  }
  return list;
});
const vaultKeys = z.string().transform((text, context) => {
  try {
    return parseVaultKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const variables = z.object({
  PORT: port.default(3000),
  APP_URL: z
    .string()
    .transform((text, context) => {
      const url = URL.parse(text);
      if (
        !url ||
        !['http:', 'https:'].includes(url.protocol) ||
        url.pathname !== '/' ||
        url.search ||
        url.hash
      ) {
        context.addIssue({
          code: 'custom',
          message: 'must be an address without a path: https://portal.example.org',
        });
        return z.NEVER;
      }
      return url.origin;
    })
    .optional(),
  DATABASE_URL: postgresUrl.optional(),
  MIGRATE_DATABASE_URL: postgresUrl.optional(),
  DATA_DIR: z.string().default('./var'),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters (openssl rand -base64 32)').optional(),
  VAULT_IN_URL: postgresUrl.optional(),
  VAULT_RU_URL: postgresUrl.optional(),
  VAULT_IN_KEY: vaultKeys.optional(),
  VAULT_RU_KEY: vaultKeys.optional(),
  MAIL_TRANSPORT: z.enum(['mailbox', 'smtp', 'resend'], 'must be mailbox, smtp or resend').optional(),
  SMTP_URL: urlOf(['smtp:', 'smtps:'], 'must be an SMTP address: smtps://user:password@host').optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: urlOf(['http:', 'https:'], 'must be a web address').default('https://api.resend.com'),
  RESEND_WEBHOOK_SECRET: z.string().optional(),
  FILES: z.enum(['disk', 's3'], 'must be disk or s3').default('disk'),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: urlOf(['http:', 'https:'], 'must be a web address').optional(),
  AWS_REGION: z.string().default('auto'),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  TRUST_PROXY: networks.default([]),
  METRICS_ALLOW: networks.default([]),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
});
type Variables = z.infer<typeof variables>;

/**
 * First look at the environment, before a database and secrets exist.
 *
 * @throws ConfigError naming the first bad variable.
 */
export function parseSettings(env: Env): Settings {
  return toSettings(parseVariables(env));
}

/**
 * The whole configuration. On the embedded default the caller adds `DATABASE_URL` and the secrets it made.
 *
 * @throws ConfigError naming the first bad or missing variable.
 */
export function parseConfig(env: Env, options: { embedded?: boolean } = {}): Config {
  const values = parseVariables(env);
  const databaseUrl = required('DATABASE_URL', values.DATABASE_URL);
  const vault = (side: 'in' | 'ru') => {
    const [url, keys] =
      side === 'in'
        ? (['VAULT_IN_URL', 'VAULT_IN_KEY'] as const)
        : (['VAULT_RU_URL', 'VAULT_RU_KEY'] as const);
    return {
      url: values[url] ?? databaseUrl,
      schemaName: values[url] === undefined ? `vault_${side}` : undefined,
      keys: required(keys, values[keys]),
    };
  };
  return {
    ...toSettings(values),
    embedded: options.embedded ?? false,
    databaseUrl,
    migrateDatabaseUrl: values.MIGRATE_DATABASE_URL ?? databaseUrl,
    authSecret: required('AUTH_SECRET', values.AUTH_SECRET),
    vaults: { in: vault('in'), ru: vault('ru') },
  };
}

/** An address list that answers whether an address is in it; IPv4 written as IPv6 counts as IPv4. */
export function addressList(entries: string[]): (address: string) => boolean {
  const list = new net.BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = net.isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    return net.isIP(plain) !== 0 && list.check(plain, net.isIPv6(plain) ? 'ipv6' : 'ipv4');
  };
}

function parseVariables(env: Env): Variables {
  // Compose files and unit files write an unset variable as an empty one.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = variables.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigError(`${issue?.path.join('.')} ${issue?.message}`);
}

function toSettings(values: Variables): Settings {
  const appUrl = values.APP_URL ?? `http://localhost:${values.PORT}`;
  const loopback = isLoopback(new URL(appUrl).hostname);
  const transport = values.MAIL_TRANSPORT ?? (loopback ? 'mailbox' : undefined);
  if (transport === undefined) {
    throw new ConfigError(
      `MAIL_TRANSPORT must be smtp or resend, because APP_URL ${appUrl} is a public address`,
    );
  }
  if (transport === 'mailbox' && !loopback) {
    throw new ConfigError(
      `MAIL_TRANSPORT=mailbox is refused: it shows every message to anyone, and APP_URL ${appUrl} is a public address`,
    );
  }
  if (transport === 'smtp') required('SMTP_URL', values.SMTP_URL, 'MAIL_TRANSPORT=smtp');
  if (transport === 'resend') required('RESEND_API_KEY', values.RESEND_API_KEY, 'MAIL_TRANSPORT=resend');
  return {
    port: values.PORT,
    appUrl,
    secure: appUrl.startsWith('https:'),
    loopback,
    dataDir: path.resolve(values.DATA_DIR),
    embedded: values.DATABASE_URL === undefined,
    mail: {
      transport,
      smtpUrl: values.SMTP_URL,
      resendApiKey: values.RESEND_API_KEY,
      resendBaseUrl: values.RESEND_BASE_URL,
      resendWebhookSecret: values.RESEND_WEBHOOK_SECRET,
    },
    files:
      values.FILES === 'disk'
        ? { kind: 'disk' }
        : {
            kind: 's3',
            bucket: required('S3_BUCKET', values.S3_BUCKET, 'FILES=s3'),
            region: values.AWS_REGION,
            endpoint: values.S3_ENDPOINT,
            accessKeyId: required('AWS_ACCESS_KEY_ID', values.AWS_ACCESS_KEY_ID, 'FILES=s3'),
            secretAccessKey: required('AWS_SECRET_ACCESS_KEY', values.AWS_SECRET_ACCESS_KEY, 'FILES=s3'),
          },
    trustProxy: values.TRUST_PROXY,
    metricsAllow: values.METRICS_ALLOW,
    logLevel: values.LOG_LEVEL,
  };
}

function required<T>(name: string, value: T | undefined, because = 'DATABASE_URL is set'): T {
  if (value === undefined) throw new ConfigError(`${name} is required when ${because}`);
  return value;
}

function urlOf(protocols: string[], message: string) {
  return z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), { message });
}

function isNetwork(entry: string): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const version = net.isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
