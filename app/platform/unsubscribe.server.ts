import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

const MAC_BYTES = 16;
const ID_BYTES = 16;

/** What one click ends: mails about one topic to one person. */
export type Unsubscription = { personId: string; topic: string };

/** The token of `/u/:token`: it says whom and what about, and only the portal can make one. It never expires. */
export function unsubscribeToken(authSecret: string, { personId, topic }: Unsubscription): string {
  const payload = Buffer.concat([parse(personId), Buffer.from(topic)]);
  return Buffer.concat([mac(authSecret, payload), payload]).toString('base64url');
}

/** Null for a token that the portal did not make. */
export function readUnsubscribeToken(authSecret: string, token: string): Unsubscription | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= MAC_BYTES + ID_BYTES || bytes.length > 256) return null;
  const payload = bytes.subarray(MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(authSecret, payload))) return null;
  return { personId: stringify(payload.subarray(0, ID_BYTES)), topic: payload.subarray(ID_BYTES).toString() };
}

function mac(authSecret: string, payload: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', authSecret, '', 'setu-most unsubscribe', 32));
  return createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);
}
