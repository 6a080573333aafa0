import {
  answer,
  done,
  type Refused,
  sentForm,
  signedIn,
  state,
  typed,
} from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { pageTitle } from '#app/ui/page-title.ts';
import { confirmDeparture } from '../placements/confirm-departure.ts';
import { showStayDay } from '../placements/show-stay-day.ts';
import { StayDayPage } from '../placements/stay-day-page.tsx';
import type { Route } from './+types/departure';

export async function loader({ context, params }: Route.LoaderArgs) {
  return showStayDay(context, params.ref, 'departure');
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const { revision = '', leftOn = '', reason } = values;
    const input = { reference: params.ref, revision, leftOn, reason };
    await confirmDeparture(platform().db, actor, input, state(context).now);
    return done(`/exchanges/${params.ref}`, 'placements:flash.departed');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The host's coordinator confirms on which day the participant left. */
export default function DeparturePage({ loaderData, actionData }: Route.ComponentProps) {
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  return <StayDayPage which="departure" data={loaderData} refused={refused} />;
}
