import { data } from 'react-router';

/** An address that leads nowhere, so that the root still finds out who asks and in which language. */
export function loader(): never {
  throw data(null, { status: 404 });
}

/** A form sent to such an address. */
export function action(): never {
  return loader();
}

export default function NotFound() {
  return null;
}
