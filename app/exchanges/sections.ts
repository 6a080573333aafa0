import type { ApplicationSection } from '#db/schema/exchanges.ts';

/** Sections of an application in the order of its task list, for pages: they carry no schema into the browser's build. */
export const SECTIONS = [
  'person',
  'eligibility',
  'plan',
  'host',
  'endorsement',
  'documents',
] as const satisfies readonly ApplicationSection[];
