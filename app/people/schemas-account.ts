import { z } from 'zod';
import { invalid } from '#app/platform/outcome.ts';
import { LOCALES } from '#db/schema/shared.ts';
import { TIME_ZONES } from './time-zones.ts';

// Messages are keys of `errors.json`.

const LATIN = /^[\p{Script=Latin}\p{M}][\p{Script=Latin}\p{M}'’ .-]*$/u;
const CYRILLIC = /^[\p{Script=Cyrillic}\p{M}][\p{Script=Cyrillic}\p{M}'’ .-]*$/u;

const text = z.string().trim().max(100, 'auth.longText');
const needed = text.min(1, 'required');
const latin = (field: typeof text) => field.regex(LATIN, 'auth.latinOnly');
const cyrillic = text.refine((typed) => typed === '' || CYRILLIC.test(typed), 'auth.cyrillicOnly');

export const emailAddress = z.string().trim().toLowerCase().pipe(z.email('email').max(254, 'email'));
/** Only that there is one: how long it must be is asked where it is chosen. */
const givenPassword = z.string().min(1, 'required').max(128, 'auth.PASSWORD_TOO_LONG');
const chosenPassword = z.string().min(12, 'auth.PASSWORD_TOO_SHORT').max(128, 'auth.PASSWORD_TOO_LONG');

const names = {
  givenName: latin(needed),
  familyName: latin(needed),
  givenNameRu: cyrillic,
  familyNameRu: cyrillic,
  patronymicRu: cyrillic,
};

/** Both Cyrillic names or neither: half a name is no spelling to confirm. */
const bothOrNeither = (typed: { givenNameRu: string; familyNameRu: string }) =>
  (typed.givenNameRu === '') === (typed.familyNameRu === '');
const halfName = { message: 'auth.bothNames', path: ['familyNameRu'] };

export const signInForm = z.object({ email: emailAddress, password: givenPassword });
export const passwordForm = z.object({ password: givenPassword });
export const codeForm = z.object({
  code: z
    .string()
    .transform((typed) => typed.replace(/\s/g, ''))
    .pipe(z.string().min(6, 'auth.INVALID_CODE').max(20, 'auth.INVALID_CODE')),
});
export const addressForm = z.object({ email: emailAddress });
export const newPasswordForm = z.object({ newPassword: chosenPassword, token: z.string().min(1) });
export const verifyForm = z.object({ password: givenPassword, token: z.string().min(1) });

export const signUpForm = z
  .object({
    ...names,
    institution: z.string().min(1, 'choice'),
    organisation: text,
    email: emailAddress,
    password: chosenPassword,
    locale: z.enum(LOCALES, 'choice'),
    consent: z.literal('on', 'auth.consentNeeded'),
  })
  .refine(bothOrNeither, halfName);

export const profileForm = z
  .object({ ...names, laboratory: text, revision: z.uuid() })
  .refine(bothOrNeither, halfName);
export type Profile = Omit<z.infer<typeof profileForm>, 'revision'>;

export const preferencesForm = z.object({
  locale: z.enum(LOCALES, 'choice'),
  timeZone: z.enum(TIME_ZONES, 'choice'),
});
export type Preferences = z.infer<typeof preferencesForm>;

/**
 * A form through its schema.
 *
 * @throws Refusal `invalid` with the keys of the sentences by field
 */
export function readForm<T extends z.ZodType>(schema: T, form: FormData): z.infer<T> {
  const typed = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  const missing = Object.fromEntries(
    Object.keys('shape' in schema ? (schema.shape as object) : {})
      .filter((name) => name !== 'consent')
      .map((name) => [name, '']),
  );
  const parsed = schema.safeParse({ ...missing, ...typed });
  if (parsed.success) return parsed.data;
  const fields: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? '');
    // One thing at a time: an empty field need not also hear which letters it wants.
    fields[name] ??= [issue.message];
  }
  throw invalid('invalid', { fields });
}
