import { addressList } from '../config.ts';

/**
 * Tells who a request comes from: the peer of the socket, unless that is a proxy named in `TRUST_PROXY`; then the
 * right-most address of `X-Forwarded-For` that is not such a proxy. What stands further left anybody could have typed.
 */
export function clientAddressReader(trustProxy: string[]) {
  const trusted = addressList(trustProxy);
  return (peer: string, forwardedFor: string | undefined): string => {
    let address = plain(peer);
    const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
    while (trusted(address)) {
      const before = hops.pop();
      if (!before) break;
      address = before;
    }
    return address;
  };
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
