import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  createCookie,
  data,
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  redirect,
  useLocation,
  useRouteLoaderData,
} from 'react-router';
import type { Locale } from '#db/schema/shared.ts';
import type { Route } from './+types/root';
import './app.css';
import { navigationFor, publicNavigation } from './home/gather.ts';
import { mustEnrol, resolveSession } from './people/session.server.ts';
import { requestState } from './platform/context.ts';
import { chooseLanguage, isLocale } from './platform/language.ts';
import { checkOrigin } from './platform/origin.server.ts';
import { Refusal } from './platform/outcome.ts';
import { refusalResponse, say, state, takeFlash } from './platform/request.server.ts';
import { platform } from './platform/runtime.server.ts';
import { checkSentForm } from './platform/sent-form.ts';
import { AccountMenu } from './ui/account-menu.tsx';
import { type ErrorKind, ErrorPage } from './ui/error-page.tsx';
import { Flash } from './ui/flash.tsx';
import portalScript from './ui/portal.client.ts?worker&url';
import { Shell } from './ui/shell.tsx';

const languageCookie = createCookie('lng', {
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  maxAge: 365 * 24 * 60 * 60,
});

/** Who asks, in which language, when: found out once, before anything else runs. */
const knowRequest: Route.MiddlewareFunction = async ({ request, context }, next) => {
  const url = new URL(request.url);
  const asked = url.searchParams.get('lng');
  const cookie = await languageCookie.parse(request.headers.get('Cookie'));
  const languageFor = (profile: Locale | null) =>
    chooseLanguage({
      query: asked,
      cookie,
      profile,
      acceptLanguage: request.headers.get('Accept-Language'),
    });
  const stranger = {
    ...context.get(requestState),
    locale: languageFor(null),
    url,
    demo: platform().demo,
  };
  // Set before the session is looked up: if the database is away, the error page still has its language.
  context.set(requestState, stranger);
  const session = await resolveSession(request);
  if (session) {
    const { accountId, sessionId, actor, name, addressedAs } = session;
    const secondFactorDue = mustEnrol(session, stranger.demo);
    const locale = languageFor(session.locale);
    const known = { accountId, sessionId, actor, name, addressedAs, secondFactorDue };
    context.set(requestState, { ...stranger, ...known, locale });
  }
  const response = await next();
  // What a signed-in person sees is kept by no cache, not even the browser's own on a shared computer.
  if (session) response.headers.set('Cache-Control', 'private, no-store');
  if (isLocale(asked) && asked !== cookie) {
    response.headers.append('Set-Cookie', await languageCookie.serialize(asked));
  }
  return response;
};

/** Nothing that changes something is taken from another site, nor what no form of ours could have sent. */
const guardOrigin: Route.MiddlewareFunction = async ({ request, context }) => {
  try {
    // The edge lets no foreign host into the address: it is APP_URL, or another name of this machine on loopback.
    checkOrigin(request, new URL(request.url).origin);
    checkSentForm(request);
  } catch (error) {
    if (error instanceof Refusal) throw refusalResponse(context, error);
    throw error;
  }
  // The framework would take every other method for a form.
  if (!METHODS.has(request.method)) throw data(null, { status: 405, headers: { Allow: 'GET, HEAD, POST' } });
};

const METHODS = new Set(['GET', 'HEAD', 'POST']);

/** Outside the demo, whoever decides anything has a second factor, or is led to set one up. */
const guardSecondFactor: Route.MiddlewareFunction = async ({ context }) => {
  const { secondFactorDue, url } = state(context);
  if (secondFactorDue && !MAY_WITHOUT_SECOND_FACTOR.has(url.pathname)) {
    throw redirect('/account/two-factor', 303);
  }
};

const MAY_WITHOUT_SECOND_FACTOR = new Set(['/account/two-factor', '/account/confirm', '/sign-out', '/live']);

export const middleware: Route.MiddlewareFunction[] = [knowRequest, guardOrigin, guardSecondFactor];

export async function loader({ request, context }: Route.LoaderArgs) {
  const { actor, demo, locale, name, requestId } = state(context);
  const t = say(context);
  const { flash, header } = await takeFlash(request);
  const { rooms, db } = platform();
  const navigation = actor ? await navigationFor(rooms, db, actor) : publicNavigation(rooms);
  return data(
    {
      name: name?.[locale] ?? null,
      navigation: navigation.map(({ text, href, also, count }) => ({ label: t(text), href, also, count })),
      demo,
      requestId,
      flash: flash && t(flash.text, flash.params),
    },
    header ? { headers: { 'Set-Cookie': header } } : undefined,
  );
}

// The cookie that takes the flash away has to reach the browser with the document.
export function headers({ loaderHeaders }: Route.HeadersArgs) {
  return loaderHeaders;
}

/** The document; also around the error page, when the loader's data are not there. */
export function Layout({ children }: { children: ReactNode }) {
  const { i18n, t } = useTranslation('common');
  const shell = useRouteLoaderData<typeof loader>('root');
  const { pathname, search } = useLocation();
  const languageHref = (language: Locale) => {
    const query = new URLSearchParams(search);
    query.set('lng', language);
    return `${pathname}?${query}`;
  };
  return (
    <html lang={i18n.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
        <script type="module" src={portalScript} async />
      </head>
      <body data-offline={t('live.offline')}>
        <Shell
          navigation={(shell?.navigation ?? []).map(({ also = [], ...item }) => ({
            ...item,
            current: [item.href, ...also].some((at) => pathname === at || pathname.startsWith(`${at}/`)),
          }))}
          languageHref={languageHref}
          homeHref={shell?.name ? '/home' : '/'}
          demo={shell?.demo ?? false}
          account={
            shell?.name ? (
              <AccountMenu
                name={shell.name}
                accountHref="/account"
                current={pathname.startsWith('/account')}
                signOutAction="/sign-out"
              />
            ) : (
              <a href="/sign-in">{t('shell.signIn')}</a>
            )
          }
          flash={shell?.flash ? <Flash>{shell.flash}</Flash> : undefined}
        >
          {children}
        </Shell>
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

// A refusal of any kind is no failure of ours: the page says what it is, and the sentence why.
const KINDS: Record<number, ErrorKind> = {
  400: 'interrupted',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  409: 'forbidden',
  422: 'forbidden',
  429: 'limit',
};

/** Reasons that say no more than the kind of the error page does. */
const GENERAL = new Set(['notFound', 'forbidden', 'files.interrupted']);

/** What went wrong, in the reader's language; the cause of a bug goes to the log, its number to the page. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const { t } = useTranslation('common');
  const shell = useRouteLoaderData<typeof loader>('root');
  const refusal = isRouteErrorResponse(error) ? error : null;
  const kind = (refusal && KINDS[refusal.status]) || 'server';
  const { reason, sentence } = (refusal?.data ?? {}) as { reason?: string; sentence?: string };
  return (
    <>
      <title>{`${t(`errorPage.${kind}.title`)} · ${t('product')}`}</title>
      <ErrorPage
        kind={kind}
        backHref={shell?.name ? '/home' : '/'}
        {...(sentence && reason && !GENERAL.has(reason) && { what: sentence })}
        {...(kind === 'server' && shell && { reference: shell.requestId })}
      />
    </>
  );
}
