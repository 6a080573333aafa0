import { z } from 'zod';
import { ROLES, type Role } from '#db/schema/people.ts';

const id = z.uuid().optional().catch(undefined);

/** The filter of the list, from the address. What does not fit is passed over: an address is not a form. */
export const peopleFilter = z
  .object({
    search: z.string().trim().min(1).max(100).optional().catch(undefined),
    institution: id,
    role: z.enum(ROLES).optional().catch(undefined),
    after: id,
    before: id,
  })
  .transform(({ institution, role, ...rest }) => ({ ...rest, institutionId: institution, occupation: role }));

/** Every role but the platform administrator's, whose rights no institution has. */
export const GRANTABLE: readonly Role[] = ROLES.filter((role) => role !== 'platform-admin');

/** Giving a role. Messages are keys of `errors.json`. */
export const grantForm = z.object({
  role: z.enum(ROLES, 'choice'),
  institution: z.uuid('choice'),
  validUntil: z.preprocess((text) => text || null, z.iso.date('date').nullable()),
});

export const revokeForm = z.object({ grant: z.uuid('choice') });
