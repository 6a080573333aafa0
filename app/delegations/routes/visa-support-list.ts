import { redirect } from 'react-router';
import { aboutLines } from '#app/delegations/paper-words.ts';
import { delegatesOf, delegationInScope } from '#app/delegations/queries.ts';
import { visaSupportList } from '#app/delegations/visa-support-list.ts';
import { forbidden, Refusal } from '#app/platform/outcome.ts';
import { done, freshlySignedIn, isFresh, shown, signedIn } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { sendWorkbook, writeWorkbook } from '#app/platform/spreadsheet.server.ts';
import type { Route } from './+types/visa-support-list';

const pageOf = (reference: string) => `/delegations/${encodeURIComponent(reference)}/visa-support`;

/** A look at passports is asked for on the page, never by an address alone. */
export function loader({ context, params }: Route.LoaderArgs) {
  signedIn(context);
  return redirect(pageOf(params.ref), 303);
}

/** The visa-support list as a workbook, with every passport in it revealed on the record. */
export async function action({ context, params }: Route.ActionArgs) {
  const page = pageOf(params.ref);
  signedIn(context);
  // The door leads back to the page: what was asked for by POST is not repeated by itself.
  if (!isFresh(context)) throw redirect(`/account/confirm?next=${encodeURIComponent(page)}`, 303);
  const actor = freshlySignedIn(context);
  const { db, vaults } = platform();
  return shown(context, async () => {
    const { delegation, event, may } = await delegationInScope(db, actor, params.ref);
    if (!may.visaList) throw forbidden();
    const above = aboutLines({ ...event, hotel: delegation.hotel });
    const people = await delegatesOf(db, delegation.id);
    try {
      const of = { delegation, city: event.city };
      const sheet = await visaSupportList(db, vaults, actor, of, above, people);
      return sendWorkbook(`${delegation.reference}-visa-support`, await writeWorkbook([sheet]));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'unavailable') throw error;
      return done(page, `errors:${error.reason}`);
    }
  });
}
