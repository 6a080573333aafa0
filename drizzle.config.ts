import { defineConfig } from 'drizzle-kit';

/** Only used to generate reviewed SQL; migrations are run by `db/migrate.server.ts`. */
export default defineConfig({
  dialect: 'postgresql',
  casing: 'snake_case',
  schema: './db/schema.ts',
  out: './db/migrations',
});
