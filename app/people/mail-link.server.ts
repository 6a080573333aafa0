import { type RouterContextProvider, redirect } from 'react-router';
import { passDoor } from '#app/platform/limiter.server.ts';
import { answer, state, typed } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { askAuth } from './ask-auth.server.ts';
import { sameTime } from './same-time.ts';
import { addressForm, readForm } from './schemas-account.ts';

/**
 * Has a link mailed to the address of a form, by the sign-in library's `ask`, and leads back to `page`. The answer and
 * its time are the same whether there is such an account or not.
 */
export function mailLink(
  { request, context }: { request: Request; context: Readonly<RouterContextProvider> },
  form: FormData,
  { ask, page }: { ask: string; page: string },
) {
  const { address } = state(context);
  return answer(context, typed(form), async () => {
    const { email } = readForm(addressForm, form);
    await passDoor(platform().db, 'forgot', { address, account: email });
    // Whatever the library answers, the page says the same.
    await sameTime(() => askAuth({ request, address }, ask, { email }));
    throw redirect(`${page}?sent=1`, 303);
  });
}
