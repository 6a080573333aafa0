import type { RouterContextProvider } from 'react-router';
import type { PersonActor } from '#app/platform/actor.ts';
import { answer, sentForm, shown, signedIn, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { fileForForm, headOf } from './arranged-queries.ts';
import { personPage } from './person-page.ts';
import type { DelegateAddress } from './scope.ts';

type Context = Readonly<RouterContextProvider>;
type By = Parameters<typeof fileForForm>[3];
/** Whose form it is, as its address says. */
type Address = { ref: string; id: string };

/** What a form about a person of a delegation is shown from: their travel file, and what stands above the form. */
export async function showPersonForm(context: Context, { ref, id }: Address, by: By) {
  const actor = signedIn(context);
  const where = { reference: ref, delegateId: id };
  const found = await shown(context, () => fileForForm(platform().db, actor, where, by));
  return { actor, found, of: headOf(found, state(context).locale) };
}

interface Sent {
  actor: PersonActor;
  form: FormData;
  where: DelegateAddress;
  /** Of the file that the form was made from; empty where a form does not say. */
  revision: string;
  /** The person's page. */
  page: string;
}

/** Takes such a form. Whose page it is not learns nothing of it: they are refused before it is read. */
export async function takePersonForm(
  { context, request, params: { ref, id } }: { context: Context; request: Request; params: Address },
  by: By,
  take: (sent: Sent) => Promise<Response>,
) {
  const actor = signedIn(context);
  const form = await sentForm(context, request);
  return answer(context, typed(form), async () => {
    const where = { reference: ref, delegateId: id };
    await fileForForm(platform().db, actor, where, by);
    const revision = String(form.get('version') ?? '');
    return take({ actor, form, where, revision, page: personPage({ reference: ref, id }) });
  });
}
