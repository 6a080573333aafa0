import { z } from 'zod';
import { LOCALES } from '#db/schema/shared.ts';

/** What sign-up keeps with the account until its address is verified and it becomes a person. */
export const signUpProfile = z.object({
  givenName: z.string(),
  familyName: z.string(),
  givenNameRu: z.string(),
  familyNameRu: z.string(),
  patronymicRu: z.string(),
  /** Code of the institution. */
  institution: z.string(),
  organisation: z.string(),
  consentVersion: z.string(),
  consentLocale: z.enum(LOCALES),
  /** ISO instant at which the consent was given. */
  consentAt: z.string(),
  locale: z.enum(LOCALES),
  timeZone: z.string(),
});

export type SignUpProfile = z.infer<typeof signUpProfile>;
