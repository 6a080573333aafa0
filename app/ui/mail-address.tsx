/** An e-mail address that, where it must break, breaks after the “@” and never inside a name. */
export function MailAddress({ address }: { address: string }) {
  const [name, host] = address.split('@');
  return host ? (
    <span translate="no">
      {name}@<wbr />
      {host}
    </span>
  ) : (
    address
  );
}
