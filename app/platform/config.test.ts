import { describe, expect, it } from 'vitest';
import { addressList, parseConfig, parseSettings } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const outside = {
  DATABASE_URL: 'postgres://setu@db.example/setu',
  AUTH_SECRET: 'a'.repeat(32),
  VAULT_IN_KEY: key,
  VAULT_RU_KEY: key,
};

describe('settings', () => {
  it('need nothing at all', () => {
    expect(parseSettings({})).toMatchObject({
      port: 3000,
      appUrl: 'http://localhost:3000',
      loopback: true,
      secure: false,
      embedded: true,
      mail: { transport: 'mailbox' },
      files: { kind: 'disk' },
      trustProxy: [],
      metricsAllow: [],
    });
  });

  it('follow PORT in the default address and treat empty values as absent', () => {
    expect(parseSettings({ PORT: '4501', DATABASE_URL: '', APP_URL: ' ' })).toMatchObject({
      appUrl: 'http://localhost:4501',
      embedded: true,
    });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['APP_URL', 'portal.example.org'],
    ['APP_URL', 'https://example.org/portal'],
    ['DATABASE_URL', 'mysql://x'],
    ['MIGRATE_DATABASE_URL', 'x'],
    ['AUTH_SECRET', 'short'],
    ['VAULT_IN_KEY', 'c2hvcnQ='],
    ['VAULT_RU_URL', 'file:///x'],
    ['MAIL_TRANSPORT', 'pigeon'],
    ['SMTP_URL', 'http://mail'],
    ['FILES', 'tape'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['TRUST_PROXY', 'proxy.local'],
    ['METRICS_ALLOW', '::1, nowhere'],
    ['LOG_LEVEL', 'loud'],
  ])('name %s when it is %s, in one line', (name, value) => {
    expect(() => parseSettings({ [name]: value })).toThrow(new RegExp(`^${name} [^\\n]+$`));
  });

  it.each([
    [
      { MAIL_TRANSPORT: 'mailbox', APP_URL: 'https://portal.example.org' },
      /^MAIL_TRANSPORT=mailbox is refused/,
    ],
    [{ APP_URL: 'https://portal.example.org' }, /^MAIL_TRANSPORT must be/],
    [{ APP_URL: 'http://127.0.0.1.example.org', MAIL_TRANSPORT: 'mailbox' }, /refused/],
    [{ MAIL_TRANSPORT: 'smtp' }, /^SMTP_URL is required when MAIL_TRANSPORT=smtp/],
    [{ MAIL_TRANSPORT: 'resend' }, /^RESEND_API_KEY is required/],
    [{ FILES: 's3' }, /^S3_BUCKET is required when FILES=s3/],
  ])('refuse %o', (env, message) => {
    expect(() => parseSettings(env)).toThrow(message);
  });
});

describe('config', () => {
  it('lets the vaults and the migrations default to the main database', () => {
    const config = parseConfig(outside);
    expect(config.embedded).toBe(false);
    expect(config.migrateDatabaseUrl).toBe(outside.DATABASE_URL);
    expect(config.vaults.in).toMatchObject({ url: outside.DATABASE_URL, schemaName: 'vault_in' });
    expect(config.vaults.ru.keys.map((each) => each.key)).toEqual([Buffer.alloc(32, 7)]);
  });

  it.each(['AUTH_SECRET', 'VAULT_IN_KEY', 'VAULT_RU_KEY'] as const)(
    'requires %s with an outside database',
    (name) => {
      expect(() => parseConfig({ ...outside, [name]: undefined })).toThrow(
        `${name} is required when DATABASE_URL is set`,
      );
    },
  );
});

describe('address list', () => {
  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['11.0.0.1', false],
    ['2001:db8::5', true],
    ['2001:db9::5', false],
    ['192.0.2.7', true],
    ['not an address', false],
  ])('says %s is %s', (address, expected) => {
    expect(addressList(['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'])(address)).toBe(expected);
  });
});
