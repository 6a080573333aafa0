import { readMailbox } from '#app/platform/mailer-mailbox.server.ts';
import { words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Route } from './+types/mailbox-html';

/** The HTML of one message, for the frame on its page: it runs nothing and loads nothing. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const { config } = platform();
  const letter = config.mail.transport === 'mailbox' ? await readMailbox(config.dataDir, params.id) : null;
  if (!letter) return new Response(words(context)('errors:notFound'), { status: 404 });
  return new Response(letter.html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      'X-Frame-Options': 'SAMEORIGIN',
      'Cache-Control': 'no-store',
    },
  });
}
