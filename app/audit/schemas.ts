import { z } from 'zod';

/** `2026-11-21T10:00:00.123456Z_<id>`: where a page of the log ends. */
const cursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f-]{36}$/)
  .transform((text) => {
    const [at = '', id = ''] = text.split('_');
    return { at, id };
  })
  .refine(({ at, id }) => !Number.isNaN(Date.parse(at)) && z.uuid().safeParse(id).success);

const absent = () => undefined;
const typed = z.string().trim().max(200);

/** What the address of `/audit` may say; whatever else it says counts as not said. */
export const auditFilterSchema = z.object({
  code: typed
    .transform((text) => text || undefined)
    .optional()
    .catch(absent),
  subject: typed
    .transform((text) => text || undefined)
    .optional()
    .catch(absent),
  after: cursor.optional().catch(absent),
  before: cursor.optional().catch(absent),
});

export type AuditFilter = z.output<typeof auditFilterSchema>;
