import type { ApplicationForm, StepExtras } from '../application-queries.ts';

/** What every step of an application's form is given. */
export type StepProps = {
  form: ApplicationForm;
  extras: StepExtras;
  /** What stands in the fields: what was typed after a refusal, else what is saved. */
  values: Record<string, string | undefined>;
  errorOf: (field: string) => string | undefined;
  /** `formRevision` of what the form shows. */
  revision: string;
  /** Address of the task list, e.g. `/calls/RE-2026-0001/apply`. */
  here: string;
};
