import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema.ts';

export type Db = NodePgDatabase<typeof schema> & { $client: pg.Pool };
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
/** A read may run on the pool or inside somebody's transaction. */
export type DbOrTx = Db | Tx;

// Calendar dates stay strings: a Date would move them by the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

/** Opens a pool on `url`. The caller ends it with `db.$client.end()`. */
export function connect(url: string, options: { max?: number; name?: string } = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'setu-most',
  });
  // A connection that breaks must not end the process: its query is told, and the next one gets a new
  // connection. The pool listens to idle connections only, so those in use are listened to from their start.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return drizzle(pool, { schema, casing: 'snake_case' });
}
