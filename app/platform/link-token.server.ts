import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

const ID_BYTES = 16;
const MAC_BYTES = 16;

/**
 * The token of `/links/:token`. It is derived from the link's id, so it stands in no table and no job: whoever composes
 * the mail makes it anew. Only the portal's secret can make one.
 */
export function linkToken(authSecret: string, linkId: string): string {
  const id = Buffer.from(parse(linkId));
  return Buffer.concat([id, mac(authSecret, id)]).toString('base64url');
}

/** The id of the link a token is for; null for a token that the portal did not make. */
export function readLinkToken(authSecret: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + MAC_BYTES) return null;
  const id = bytes.subarray(0, ID_BYTES);
  return timingSafeEqual(bytes.subarray(ID_BYTES), mac(authSecret, id)) ? stringify(id) : null;
}

function mac(authSecret: string, id: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', authSecret, '', 'setu-most link', 32));
  return createHmac('sha256', key).update(id).digest().subarray(0, MAC_BYTES);
}
