import { Webhook } from 'standardwebhooks';
import { state } from '#app/platform/request.server.ts';
import { takeResendEvent } from '#app/platform/resend-event.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Route } from './+types/resend-webhook';

const answer = (status: number) => new Response(null, { status });
const LONGEST_BODY = 256 * 1024;

export const loader = () => answer(405);

/** What became of mails, as Resend tells it; proved by signature, so that no origin is asked. */
export async function action({ request, context }: Route.ActionArgs) {
  const { db, config } = platform();
  const secret = config.mail.resendWebhookSecret;
  if (!secret) return answer(404);
  if (Number(request.headers.get('Content-Length') ?? 0) > LONGEST_BODY) return answer(413);
  const header = (name: string) =>
    request.headers.get(`svix-${name}`) ?? request.headers.get(`webhook-${name}`) ?? '';
  const id = header('id');
  let payload: unknown;
  try {
    // Refuses what is older than five minutes as well.
    payload = new Webhook(secret).verify(await request.text(), {
      'webhook-id': id,
      'webhook-timestamp': header('timestamp'),
      'webhook-signature': header('signature'),
    });
  } catch {
    return answer(401);
  }
  const outcome = await takeResendEvent(db, id, payload, state(context).now);
  return answer(outcome === 'unknown' ? 503 : 200);
}
