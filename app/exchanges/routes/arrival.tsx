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
import { confirmArrival } from '../placements/confirm-arrival.ts';
import { showStayDay } from '../placements/show-stay-day.ts';
import { StayDayPage } from '../placements/stay-day-page.tsx';
import type { Route } from './+types/arrival';

export async function loader({ context, params }: Route.LoaderArgs) {
  return showStayDay(context, params.ref, 'arrival');
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const actor = signedIn(context);
  const values = typed(await sentForm(context, request));
  return answer(context, values, async () => {
    const { revision = '', arrivedOn = '', reason } = values;
    const input = { reference: params.ref, revision, arrivedOn, reason };
    await confirmArrival(platform().db, actor, input, state(context).now);
    return done(`/exchanges/${params.ref}`, 'placements:flash.arrived');
  });
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  pageTitle(loaderData?.title, loaderData?.page.record.reference),
];

/** The host's coordinator confirms on which day the participant arrived. */
export default function ArrivalPage({ loaderData, actionData }: Route.ComponentProps) {
  const refused = actionData && 'values' in actionData ? (actionData as Refused) : undefined;
  return <StayDayPage which="arrival" data={loaderData} refused={refused} />;
}
