import type { RouterContextProvider } from 'react-router';
import { permits } from '#app/people/access.ts';
import { forbidden } from '#app/platform/outcome.ts';
import { shown, signedIn, state, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { stayPage } from './placement-queries.ts';
import { placementRules } from './policy.ts';
import { STAY_DAYS, type StayDay } from './stay-day.ts';

/** What the page of a day is shown from. */
export function showStayDay(context: Readonly<RouterContextProvider>, reference: string, which: StayDay) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const page = await stayPage(platform().db, actor, reference, state(context).now);
    if (!permits(placementRules[STAY_DAYS[which].right], actor, page.record)) throw forbidden();
    return { page, title: words(context)(`placements:${which}.title`) };
  });
}
