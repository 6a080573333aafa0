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
  // An idle connection that breaks must not end the process; the next query gets a new one.
  pool.on('error', () => {});
  return drizzle(pool, { schema, casing: 'snake_case' });
}
