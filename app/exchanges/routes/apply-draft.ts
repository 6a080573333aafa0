import { notFound, STATUS } from '#app/platform/outcome.ts';
import { refusalOf, refused, sentForm, signedIn, state, typed, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { clockIn } from '#app/ui/format-when.ts';
import { FIELDS, isStep, isTypedStep } from '../application-steps.ts';
import { formRevision } from '../form-revision.ts';
import { saveApplication } from '../save-application.ts';
import type { Route } from './+types/apply-draft';

/** There is nothing to look at: the step's own page shows what was saved. */
export function loader({ context }: Route.LoaderArgs) {
  signedIn(context);
  return new Response(null, { status: 405, headers: { Allow: 'POST' } });
}

/**
 * Saves a step while it is being typed, for the portal's script. The answer is two lines of plain text: the revision the
 * form goes on from, and what to say to the reader. A refusal leaves the first line empty; the form itself will say it
 * again.
 */
export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const { now } = state(context);
  const t = words(context);
  const values = typed(await sentForm(context, request));
  try {
    if (!isStep(params.step) || !isTypedStep(params.step)) throw notFound();
    const names = FIELDS[params.step];
    const fields = Object.fromEntries(
      names.flatMap((name) => (name in values ? [[name, values[name]]] : [])),
    );
    const given = { callReference: params.ref, fields, revision: values.revision };
    const saved = await saveApplication(platform().db, actor, given, now);
    const time = clockIn(now, actor.timeZone === 'Europe/Moscow' ? 'ru' : 'in');
    return plain(formRevision(saved, names), t('exchanges:apply.autosaved', { time }), 200);
  } catch (thrown) {
    const error = refusalOf(thrown);
    const { sentence, fields } = refused(context, error, values).refused;
    const [at = sentence] = Object.values(fields).flat();
    return plain('', `${t('exchanges:apply.notSaved')} ${at}`, STATUS[error.code]);
  }
}

const plain = (revision: string, said: string, status: number) =>
  new Response(`${revision}\n${said}`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
