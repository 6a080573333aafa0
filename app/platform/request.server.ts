import { DatabaseError } from 'pg';
import { createCookie, data, type RouterContextProvider, redirect } from 'react-router';
import type { PersonActor } from './actor.ts';
import { type RequestState, requestState } from './context.ts';
import { tFor } from './i18n.server.ts';
import { invalid, Refusal, STATUS } from './outcome.ts';

type Context = Readonly<RouterContextProvider>;

/** How long a sign-in counts as fresh for vault, signature and grant. */
const FRESH_MINUTES = 15;

/** What is known of this request: language, actor, time. */
export function state(context: Context): RequestState {
  return context.get(requestState);
}

/** The words of the reader's language, for loaders and actions. */
export function words(context: Context) {
  return tFor(state(context).locale);
}

/** As `words`, for keys that come from data: a room's tasks, a flash, a refusal. */
export function say(context: Context): (key: string, params?: object) => string {
  return words(context) as unknown as (key: string, params?: object) => string;
}

/**
 * The signed-in person, or a redirect to the door that leads back here. They read in the language of the page, which the
 * switch may have made another than the profile's.
 */
export function signedIn(context: Context): PersonActor {
  const { actor, accountId, url, locale } = state(context);
  if (actor) return { ...actor, locale };
  // An account whose address is not verified yet has no person: it can only verify.
  if (accountId) throw redirect('/verify-email');
  throw redirect(`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`, 303);
}

/** The signed-in person after a recent password, else a redirect that asks for it and leads back. */
export function freshlySignedIn(context: Context): PersonActor {
  const actor = signedIn(context);
  if (isFresh(context)) return actor;
  const { url } = state(context);
  throw redirect(`/account/confirm?next=${encodeURIComponent(url.pathname + url.search)}`, 303);
}

/** Whether the password was asked for recently: for a form that must not lose what was typed to the question. */
export function isFresh(context: Context): boolean {
  const { now, actor } = state(context);
  return actor !== null && now.getTime() - actor.confirmedAt.getTime() <= FRESH_MINUTES * 60_000;
}

/**
 * What a form without files says. A body that broke off, or is written as no form is, answers 400 with a sentence in the
 * reader's language.
 */
export async function sentForm(context: Context, request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    const sentence = say(context)('errors:files.interrupted');
    throw data({ reason: 'files.interrupted', sentence }, { status: 400 });
  }
}

/** What a page shows when its form was refused. Reasons are already sentences in the reader's language. */
export type Refused = {
  refused: { code: Refusal['code']; sentence: string; fields: Record<string, string[]> };
  values: Record<string, string>;
};

/** Form fields as text, so that a refused form keeps what was typed. Files and passwords are left out. */
export function typed(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string' && !/password|code/i.test(name)) {
      values[name] = name in values ? `${values[name]},${value}` : value;
    }
  }
  return values;
}

/**
 * Runs a use case for an action. A refusal becomes the form again with a sentence and what was typed;
 * what is out of scope becomes the 404 page, what is not allowed the 403 page. Bugs pass through.
 */
export async function answer<T>(
  context: Context,
  values: Record<string, string>,
  act: () => Promise<T>,
): Promise<T | ReturnType<typeof data<Refused>>> {
  try {
    return await act();
  } catch (thrown) {
    const error = refusalOf(thrown);
    if (error.code === 'not-found' || error.code === 'forbidden') throw refusalResponse(context, error);
    return data(refused(context, error, values), { status: STATUS[error.code] });
  }
}

/**
 * What an action that failed tells its sender: the refusal it threw, or that PostgreSQL does not keep such a value.
 *
 * @throws whatever is neither: a bug.
 */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (isUnwritable(thrown)) return invalid('invalidValue');
  throw thrown;
}

/**
 * Values that a form can hold and the database cannot: the zero character in text (22021) or in JSON (22P05), a number
 * (22003) or a date (22008, the year 0) beyond what their types hold.
 */
const UNWRITABLE = ['22021', '22P05', '22003', '22008'];

function isUnwritable(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : null;
  return cause instanceof DatabaseError && UNWRITABLE.includes(cause.code ?? '');
}

/** The refusal as the page shows it, in the reader's language. */
export function refused(context: Context, error: Refusal, values: Record<string, string>): Refused {
  const say = sentences(context, error);
  const fields = Object.fromEntries(
    Object.entries(error.fields).map(([name, reasons]) => [name, reasons.map(say)]),
  );
  return { refused: { code: error.code, sentence: say(error.reason), fields }, values };
}

/** Turns what a loader threw into the error page of the right kind. */
export function refusalResponse(context: Context, error: Refusal) {
  return data(
    { reason: error.reason, sentence: sentences(context, error)(error.reason) },
    { status: STATUS[error.code] },
  );
}

function sentences(context: Context, error: Refusal) {
  const t = say(context);
  return (reason: string) => t(`errors:${reason}`, error.params);
}

/** Runs a loader's reads: a refusal becomes the error page. */
export async function shown<T>(context: Context, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) throw refusalResponse(context, error);
    throw error;
  }
}

/** What was just done, shown once on the next page: a key of `locales`, never a value a person typed. */
export type Flash = { text: string; params?: Record<string, string | number> };

const flashCookie = createCookie('flash', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });

/** After a change: go to `url` and say there what was done. */
export async function done(url: string, text: string, params?: Flash['params']): Promise<Response> {
  const cookie = await flashCookie.serialize({ text, params });
  return redirect(url, { status: 303, headers: { 'Set-Cookie': cookie } });
}

/** A cookie comes from outside: it may say anything. */
const isFlash = (kept: unknown): kept is Flash =>
  typeof kept === 'object' && kept !== null && 'text' in kept && typeof kept.text === 'string';

/** The flash of this request, with the header that takes it away. */
export async function takeFlash(request: Request): Promise<{ flash: Flash | null; header: string | null }> {
  const kept: unknown = await flashCookie.parse(request.headers.get('Cookie'));
  const header = kept ? await flashCookie.serialize('', { maxAge: 0 }) : null;
  return { flash: isFlash(kept) ? kept : null, header };
}
