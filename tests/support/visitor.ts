// A small HTTP client that behaves as a browser's visitor does: keeps cookies, sends the page's origin with a form.

/** What a form may carry; a list stands for a field given several times. */
export type Fields = Record<string, string | number | Blob | readonly string[] | undefined>;

export interface RequestOptions {
  /** Follows redirects as a browser does (default), or answers the redirect itself. */
  follow?: boolean;
  headers?: Record<string, string>;
  /** The origin a form claims to come from; the portal's own by default, `null` for none. */
  origin?: string | null;
}

/** An answer read whole. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Where the answer came from after redirects. */
  url: string;
  /** The address of a redirect that was not followed. */
  location: string | null;
  text: string;
}

export interface Visitor {
  get(path: string, options?: RequestOptions): Promise<Answer>;
  /** Posts a form, as multipart where it carries a file. */
  post(path: string, fields?: Fields, options?: RequestOptions): Promise<Answer>;
  /** Any other request, for what no form can send. */
  request(path: string, init: RequestInit, options?: RequestOptions): Promise<Answer>;
  /** Signs in through the form, and fails loudly where that does not succeed. */
  signIn(email: string, password?: string): Promise<Answer>;
  cookies: Map<string, string>;
}

/** The password of all demo accounts, and of the accounts that tests make. */
export const demoPassword = 'demo-bridge-2026';

function encode(fields: Fields): FormData | URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const),
  );
  if (!pairs.some(([, value]) => value instanceof Blob)) {
    return new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]));
  }
  const form = new FormData();
  for (const [name, value] of pairs) {
    if (value instanceof Blob) form.append(name, value, value instanceof File ? value.name : 'file');
    else form.append(name, String(value));
  }
  return form;
}

/**
 * Opens a visitor of the portal: no cookies at first.
 * @param baseUrl the portal's address
 * @param lng sent as `Accept-Language`
 */
export function visitor(baseUrl: string, lng: 'en' | 'ru' = 'en'): Visitor {
  const cookies = new Map<string, string>();

  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const gone = attributes.some((one) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(one));
      if (gone || value.join('=') === '') cookies.delete(name.trim());
      else cookies.set(name.trim(), value.join('='));
    }
  };

  const request = async (path: string, init: RequestInit, options: RequestOptions = {}): Promise<Answer> => {
    const url = new URL(path, baseUrl);
    const headers = new Headers(init.headers);
    headers.set('accept-language', lng);
    if (!headers.has('accept')) headers.set('accept', 'text/html,*/*;q=0.5');
    if (cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    if (init.method && !/^(get|head)$/i.test(init.method) && options.origin !== null) {
      headers.set('origin', options.origin ?? url.origin);
    }
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(response);
    const location = response.headers.get('location');
    if (location && response.status >= 300 && response.status < 400 && options.follow !== false) {
      await response.body?.cancel();
      const target = new URL(location, url);
      if (target.origin !== url.origin) throw new Error(`${path} leads away, to ${target.href}`);
      return request(target.href, { method: 'GET' }, { ...options, headers: {} });
    }
    return {
      status: response.status,
      headers: response.headers,
      url: url.href,
      location,
      text: await response.text(),
    };
  };

  const post = (path: string, fields: Fields = {}, options?: RequestOptions) =>
    request(path, { method: 'POST', body: encode(fields) }, options);

  return {
    cookies,
    request,
    post,
    get: (path, options) => request(path, { method: 'GET' }, options),
    signIn: async (email, password = demoPassword) => {
      const answer = await post('/sign-in', { email, password }, { follow: false });
      if (answer.status < 300 || answer.status > 399) {
        throw new Error(`${email} could not sign in: ${answer.status}\n${answer.text.slice(0, 2000)}`);
      }
      return answer;
    },
  };
}
