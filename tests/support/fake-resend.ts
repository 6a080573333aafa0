import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Email = { to: string; subject: string; tags?: { name: string; value: string }[] };
type Answer = { status: number; body: unknown; headers?: Record<string, string> };

/** A stand-in for Resend over real HTTP: idempotency keys, limits and failures as its documentation describes them. */
export async function fakeResend() {
  const mails: Email[] = [];
  const requests: { key: string; at: number; size: number }[] = [];
  const answered = new Map<string, { body: string; answer: Answer }>();
  /**
   * Answers given instead of the usual one, one request each: `cut` takes the mails and drops the connection, `hold`
   * takes them and never answers.
   */
  const next: (Answer | 'cut' | 'hold')[] = [];
  let refused: (email: Email) => boolean = () => false;

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const key = String(request.headers['idempotency-key']);
    const emails = JSON.parse(body) as Email[];
    requests.push({ key, at: Date.now(), size: emails.length });
    const special = next.shift();
    const answer = typeof special === 'object' ? special : take(key, body, emails);
    if (special === 'hold') return;
    if (special === 'cut') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });

  function take(key: string, body: string, emails: Email[]): Answer {
    const known = answered.get(key);
    if (known && known.body !== body) {
      return {
        status: 409,
        body: { statusCode: 409, name: 'invalid_idempotent_request', message: 'changed' },
      };
    }
    if (known) return known.answer;
    const good = emails.filter((email) => !refused(email));
    const errors = emails.flatMap((email, index) => (refused(email) ? [{ index, message: 'refused' }] : []));
    mails.push(...good);
    const answer = { status: 200, body: { data: good.map(() => ({ id: randomUUID() })), errors } };
    answered.set(key, { body, answer });
    return answer;
  }

  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    requests,
    next,
    refuse(which: (email: Email) => boolean) {
      refused = which;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
