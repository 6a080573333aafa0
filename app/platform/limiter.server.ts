import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Db } from '#db/client.server.ts';
import { limit, unavailable } from './outcome.ts';

/** Every place where a secret is asked for or a mail is asked out. */
export type Door = 'sign-in' | 'second-factor' | 'sign-up' | 'forgot' | 'reset' | 'verify' | 'confirm';

const MINUTE = 60;

/** Attempts on one account from one network before that pair waits. */
const PAIR = { points: 8, duration: 15 * MINUTE };
/** Attempts on one account from anywhere before each further one is slowed. */
const ACCOUNT = { free: 10, duration: 60 * MINUTE };
/** Attempts from one network: a whole campus signs in through one address. */
const NETWORK = { points: 300, duration: 10 * MINUTE };
/** Mails about one account that anybody may cause. */
const MAIL = { points: 5, duration: 60 * MINUTE };

type Limiters = Record<'pair' | 'account' | 'network' | 'mail', RateLimiterPostgres>;

const made = new WeakMap<Db, Limiters>();

function limitersOf(db: Db): Limiters {
  const known = made.get(db);
  if (known) return known;
  const make = (keyPrefix: string, points: number, duration: number) =>
    new RateLimiterPostgres({
      storeClient: db.$client,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration,
    });
  const limiters = {
    pair: make('pair', PAIR.points, PAIR.duration),
    // Never refuses: an account must not be locked by whoever knows its address.
    account: make('account', 1_000_000, ACCOUNT.duration),
    network: make('network', NETWORK.points, NETWORK.duration),
    mail: make('mail', MAIL.points, MAIL.duration),
  };
  made.set(db, limiters);
  return limiters;
}

/**
 * Stands before every auth door, form or API. Counts the attempt by network, by account and network
 * together, and by account; the last only slows.
 *
 * @param who.account what names the account at this door: an address, an id, a challenge
 * @returns what to call when the secret was right: the attempt is then forgotten
 * @throws Refusal `limit` with `seconds` to wait; `unavailable` when the counters cannot be reached, because
 * a door without a limiter stays shut
 */
export async function passDoor(
  db: Db,
  door: Door,
  who: { address: string; account?: string },
): Promise<{ succeeded(): Promise<void> }> {
  const limiters = limitersOf(db);
  const network = `${door}:${networkOf(who.address)}`;
  await count(limiters.network, network);
  if (who.account === undefined) return { succeeded: () => forgive(() => limiters.network.reward(network)) };

  const account = `${door}:${fingerprint(who.account)}`;
  const pair = `${account}:${networkOf(who.address)}`;
  await count(limiters.pair, pair);
  const attempts = await count(limiters.account, account);
  const wait = slowdown(attempts);
  if (wait > 0) await delay(wait);
  return {
    succeeded: () =>
      forgive(() =>
        Promise.all([
          limiters.pair.delete(pair),
          limiters.account.delete(account),
          limiters.network.reward(network),
        ]),
      ),
  };
}

/** Whether one more mail about `account` may go out in this hour; asked by whoever, so it answers silently. */
export async function mayMail(db: Db, account: string): Promise<boolean> {
  try {
    await limitersOf(db).mail.consume(fingerprint(account));
    return true;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return false;
    throw unavailable('auth.doorAway');
  }
}

/** Milliseconds that the attempt number `attempts` of an hour is held back, at most four seconds. */
export function slowdown(attempts: number): number {
  const beyond = attempts - ACCOUNT.free;
  return beyond <= 0 ? 0 : Math.min(250 * 2 ** Math.min(beyond - 1, 10), 4000);
}

/** IPv4 as it is; of IPv6 the first 64 bits, because one subscriber holds them all. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [left = '', right] = plain.toLowerCase().split('::');
  const groups = left === '' ? [] : left.split(':');
  if (right !== undefined) {
    const tail = right === '' ? [] : right.split(':');
    groups.push(...Array.from({ length: Math.max(0, 8 - groups.length - tail.length) }, () => '0'), ...tail);
  }
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/64`;
}

/** Addresses do not stand in the counters: they are a list of who has an account. */
function fingerprint(account: string): string {
  return createHash('sha256').update(account.trim().toLowerCase()).digest('base64url').slice(0, 22);
}

/** Counts one attempt; the number of attempts so far, or the refusal. */
async function count(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    return (await limiter.consume(key)).consumedPoints;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw unavailable('auth.doorAway');
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw limit('auth.tooMany', { params: { count: seconds, seconds } });
  }
}

/** A right password must not be refused because its attempt could not be forgotten. */
async function forgive(forget: () => Promise<unknown>): Promise<void> {
  try {
    await forget();
  } catch {
    // The counter expires by itself.
  }
}
