import { DatabaseError } from 'pg';

/** The name of the constraint that a statement broke, null for every other failure. */
export function brokenConstraint(error: unknown): string | null {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof DatabaseError ? (cause.constraint ?? null) : null;
}
