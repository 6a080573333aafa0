import { APPLICATION_SECTIONS } from '#db/schema/exchanges.ts';
import { type DraftField, WISHES } from './schemas.ts';
import type { Application } from './scope.ts';

/** The steps of an application in the order of its task list; the answers are checked and submitted after them. */
export const STEPS = [...APPLICATION_SECTIONS, 'declarations'] as const;
export type Step = (typeof STEPS)[number];

export const isStep = (text: string | undefined): text is Step => STEPS.some((step) => step === text);

/** The fields of each step that is saved as text; the others keep what they hold in tables of their own. */
export const FIELDS = {
  person: ['homeInstitutionId'],
  plan: ['workPlanLocale', 'title', 'workPlan'],
  host: ['hostInstitutionId', ...WISHES, 'wishedStart', 'weeks'],
} as const satisfies Partial<Record<Step, readonly DraftField[]>>;
export type TypedStep = keyof typeof FIELDS;

export const isTypedStep = (step: Step): step is TypedStep => step in FIELDS;

/** The step on whose page a field of the application stands: where an error of the whole is mended. */
export function stepOf(field: string): Step {
  if (field.startsWith('document.')) return 'documents';
  if (field === 'endorsement' || field === 'declarations') return field;
  const found = Object.entries(FIELDS).find(([, fields]) => (fields as readonly string[]).includes(field));
  return (found?.[0] as TypedStep | undefined) ?? 'plan';
}

/** What stands in the fields of the form, as text. */
export function valuesOf(draft: Application | null): Record<DraftField, string> {
  const [wish1 = '', wish2 = '', wish3 = ''] = draft?.laboratoryWishes ?? [];
  return {
    title: draft?.title ?? '',
    workPlan: draft?.workPlan ?? '',
    workPlanLocale: draft?.workPlanLocale ?? '',
    homeInstitutionId: draft?.homeInstitutionId ?? '',
    hostInstitutionId: draft?.hostInstitutionId ?? '',
    wish1,
    wish2,
    wish3,
    wishedStart: draft?.wishedStart ?? '',
    weeks: draft?.weeks?.toString() ?? '',
  };
}
