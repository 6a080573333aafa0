import { contentHash } from '#app/platform/canonical.ts';
import { valuesOf } from './application-steps.ts';
import type { DraftField } from './schemas.ts';
import type { Application } from './scope.ts';

/** Fields the portal fills in by itself: what stands there is no change somebody made. */
const FILLED_IN: readonly DraftField[] = ['homeInstitutionId', 'hostInstitutionId', 'workPlanLocale'];

/**
 * Which state of its step a form was filled from: two steps open side by side do not make each other stale.
 *
 * @param fields those the form sends
 */
export function formRevision(draft: Application | null, fields: readonly string[]): string {
  const values = valuesOf(draft);
  const own = Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => fields.includes(name) && !FILLED_IN.some((filled) => filled === name),
    ),
  );
  return contentHash(own).slice(0, 32);
}
