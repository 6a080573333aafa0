import { sendAccountMail } from '#app/platform/mailer.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Db } from '#db/client.server.ts';
import { type Auth, createAuth } from './create-auth.server.ts';

const made = new WeakMap<Db, Auth>();

/** The door of the running portal, made once per database. */
export function auth(): Auth {
  const { db, config, log } = platform();
  const known = made.get(db);
  if (known) return known;
  const created = createAuth({
    db,
    config,
    mail: sendAccountMail,
    problem: (error, what) => log.error({ err: error }, what),
  });
  made.set(db, created);
  return created;
}
