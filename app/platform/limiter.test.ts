import { expect, it } from 'vitest';
import { networkOf, slowdown } from './limiter.server.ts';

it('slows further and further, and never beyond four seconds', () => {
  expect([1, 10, 11, 12, 15, 16, 100_000].map(slowdown)).toEqual([0, 0, 250, 500, 4000, 4000, 4000]);
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
