import type pg from 'pg';

/** A table as a backup sees it: its columns in their order, generated ones left out. */
export interface Table {
  name: string;
  columns: string[];
}

/**
 * The tables of a connection's own schema (`public`, or a vault's), in an order in which they can be filled: no table
 * before one that it refers to. What belongs to an extension or to the migrations themselves is left out.
 *
 * @throws Error when tables refer to each other in a circle: the schema must not.
 */
export async function tablesInOrder(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(`
    select relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname <> 'vault_migration'
      and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
    group by relname order by relname`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`
    select distinct one.relname as from, other.relname as to
    from pg_constraint
    join pg_class one on one.oid = conrelid
    join pg_class other on other.oid = confrelid
    where contype = 'f' and conrelid <> confrelid and one.relnamespace = current_schema()::regnamespace`);
  const ordered: Table[] = [];
  let waiting = tables;
  while (waiting.length > 0) {
    const left = new Set(waiting.map((table) => table.name));
    const blocked = new Set(references.filter(({ to }) => left.has(to)).map(({ from }) => from));
    const free = waiting.filter((table) => !blocked.has(table.name));
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...left].join(', ')}`);
    ordered.push(...free);
    waiting = waiting.filter((table) => blocked.has(table.name));
  }
  return ordered;
}

/** Numbers that the database itself counts, and where they stand. */
export async function sequencesOf(client: pg.ClientBase): Promise<{ name: string; value: string }[]> {
  const { rows } = await client.query<{ name: string; value: string }>(`
    select sequencename as name, last_value::text as value
    from pg_sequences where schemaname = current_schema() and last_value is not null order by 1`);
  return rows;
}

/** Hashes of the migrations applied to the main database, in their order. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by created_at',
  );
  return rows.map((row) => row.hash);
}

/** Names of the steps applied to a vault, in their order. */
export async function appliedVaultSteps(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from vault_migration order by name');
  return rows.map((row) => row.name);
}
