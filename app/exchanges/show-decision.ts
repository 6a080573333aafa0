import type { RouterContextProvider } from 'react-router';
import { personName } from '#app/people/person-name.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { say, shown, signedIn, state } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { type ExchangeRecord, exchangeRecord } from './record-queries.ts';

/**
 * What the page of one step shows: the application, to whoever holds the pen of that step, and the page's own title.
 *
 * @param title key under `exchanges`.
 * @throws the answer of a page that is not found, or forbidden to whoever sees the application without that pen.
 */
export async function showDecision(
  context: Readonly<RouterContextProvider>,
  reference: string,
  pen: keyof ExchangeRecord['holdsPen'],
  title: string,
) {
  const actor = signedIn(context);
  const { locale, now } = state(context);
  return shown(context, async () => {
    const page = await exchangeRecord(platform().db, actor, reference, now);
    if (!page.holdsPen[pen]) throw forbidden();
    return { ...page, name: personName(page.applicant, locale), title: say(context)(`exchanges:${title}`) };
  });
}
