import { z } from 'zod';
import type { JobKind } from './queue.server.ts';

/** Most mails one provider's request carries (resend.com/docs, batch emails). */
export const MAIL_CHUNK = 100;

/** Hands a chunk of deliveries over. Which belong together stays with the job, so a retry hands over the same. */
export const mailSend: JobKind<{ deliveryIds: string[] }> = {
  name: 'mail.send',
  schema: z.object({ deliveryIds: z.array(z.uuid()).min(1).max(MAIL_CHUNK) }),
  retryLimit: 12,
  retryDelay: 5,
  retryDelayMax: 900,
};
