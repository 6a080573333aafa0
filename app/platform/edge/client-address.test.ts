import { expect, it } from 'vitest';
import { clientAddressReader } from './client-address.ts';

const read = clientAddressReader(['10.0.0.0/8', '::1']);

it.each([
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['192.0.2.1', '198.51.100.9', '192.0.2.1'],
  ['10.0.0.1', '198.51.100.9', '198.51.100.9'],
  ['::ffff:10.0.0.1', '203.0.113.5, 198.51.100.9', '198.51.100.9'],
  ['::1', '203.0.113.5, 198.51.100.9, 10.2.3.4', '198.51.100.9'],
  ['10.0.0.1', '', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.2', '10.0.0.2'],
])('a request from %s, forwarded for %s, comes from %s', (peer, forwarded, expected) => {
  expect(read(peer, forwarded)).toBe(expected);
});
