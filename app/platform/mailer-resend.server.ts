import { setTimeout as delay } from 'node:timers/promises';
import { type CreateEmailOptions, Resend } from 'resend';
import type { HandOver, Letter, Mailer } from './mailer.ts';

/** Resend's limit: five requests a second for a whole team (resend.com/docs, rate limits). */
const MILLISECONDS_APART = 200;
const TRIES = 4;
/** A longer pause than this is the queue's business. */
const LONGEST_PAUSE = 20_000;

/** The tag that brings a delivery's id back in webhooks, even before we have written down the provider's id. */
export const DELIVERY_TAG = 'delivery';

/**
 * Resend's batch API. The key of a batch is its idempotency key, kept there for 24 hours, so a batch handed over again
 * after a crash arrives once.
 */
export function resendMailer(apiKey: string, baseUrl: string): Mailer {
  const resend = new Resend(apiKey, { baseUrl: baseUrl.replace(/\/$/, '') });
  const turn = paced(MILLISECONDS_APART);
  return {
    kind: 'resend',
    promise: 'exactly-once',
    batchSize: 100,
    send: (letters, key, signal) => sendBatch(letters, key, signal),
    close() {},
  };

  async function sendBatch(
    letters: readonly Letter[],
    key: string,
    signal?: AbortSignal,
  ): Promise<HandOver[]> {
    const all = (outcome: HandOver) => letters.map(() => outcome);
    for (let attempt = 1; ; attempt += 1) {
      await turn(signal);
      const patience = AbortSignal.timeout(30_000);
      const { data, error, headers } = await resend.batch.send(letters.map(toEmail), {
        idempotencyKey: key,
        batchValidation: 'permissive',
        ...{ signal: signal ? AbortSignal.any([signal, patience]) : patience },
      });
      if (data) return outcomesOf(letters, data);
      const verdict = judgeResendError(error);
      // One bad letter spoils a strict batch; alone, under keys that a retry makes again, the others go through.
      if (verdict.state === 'failed' && letters.length > 1) return oneByOne(letters, key, signal);
      const pause = pauseBefore(attempt, headers?.['retry-after']);
      const worthWaiting =
        verdict.state === 'later' && verdict.again && attempt < TRIES && pause <= LONGEST_PAUSE;
      if (!worthWaiting || signal?.aborted) return all({ state: verdict.state, problem: verdict.problem });
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async function oneByOne(
    letters: readonly Letter[],
    key: string,
    signal?: AbortSignal,
  ): Promise<HandOver[]> {
    const outcomes: HandOver[] = [];
    for (const [i, letter] of letters.entries()) {
      outcomes.push(...(await sendBatch([letter], `${key}-${i}`, signal)));
    }
    return outcomes;
  }
}

function toEmail(letter: Letter): CreateEmailOptions {
  return {
    from: letter.from,
    to: letter.to,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    headers: letter.headers,
    tags: [{ name: DELIVERY_TAG, value: letter.id }],
  };
}

/** Those refused are named by their place in the batch; the ids belong to the others, in order. */
function outcomesOf(
  letters: readonly Letter[],
  answer: { data: { id: string }[]; errors?: { index: number; message: string }[] },
): HandOver[] {
  const refused = new Set(answer.errors?.map(({ index }) => index));
  const ids = answer.data.map(({ id }) => id);
  return letters.map((_, i) => {
    if (refused.has(i)) return { state: 'failed', problem: 'resend-refused' };
    const providerId = ids.shift();
    return providerId ? { state: 'sent', providerId } : { state: 'doubtful', problem: 'resend-no-id' };
  });
}

/** What an error of Resend means (resend.com/docs, errors). `again`: asking once more soon may help. */
export function judgeResendError(error: { name: string; statusCode: number | null } | null): {
  state: 'failed' | 'later' | 'doubtful';
  problem: string;
  again: boolean;
} {
  const status = error?.statusCode ?? null;
  const name = error?.name ?? '';
  if (status === 409) {
    // The key stands there with other words in it, so the first request arrived; what it said we cannot repeat.
    return name === 'invalid_idempotent_request'
      ? { state: 'doubtful', problem: 'resend-changed', again: false }
      : { state: 'later', problem: 'resend-busy', again: true };
  }
  if (status === 429) {
    const quota = name.includes('quota');
    return { state: 'later', problem: quota ? 'resend-quota' : 'resend-limit', again: !quota };
  }
  if (status === null || status >= 500) return { state: 'later', problem: 'resend-away', again: true };
  if (status === 401 || status === 403) return { state: 'later', problem: 'resend-key', again: false };
  return { state: 'failed', problem: 'resend-refused', again: false };
}

/** Milliseconds: what the server asked for, else doubling from half a second. */
function pauseBefore(attempt: number, retryAfter: string | undefined): number {
  const seconds = Number(retryAfter);
  return retryAfter && Number.isFinite(seconds) ? seconds * 1000 : 500 * 2 ** (attempt - 1);
}

/** Lets callers through one after another, at least so many milliseconds apart. */
function paced(apart: number): (signal?: AbortSignal) => Promise<void> {
  let next = 0;
  return async (signal) => {
    const now = Date.now();
    const at = Math.max(now, next);
    next = at + apart;
    if (at > now) await delay(at - now, undefined, { signal }).catch(() => undefined);
  };
}
