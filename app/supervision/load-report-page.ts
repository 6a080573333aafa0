import type { RouterContextProvider } from 'react-router';
import { notFound } from '#app/platform/outcome.ts';
import { shown, signedIn, words } from '#app/platform/request.server.ts';
import { platform } from '#app/platform/runtime.server.ts';
import type { Side } from '#db/schema/shared.ts';
import type { ThesisRole } from '#db/schema/supervision.ts';
import { actingRole, demand, type SupervisionRight } from './policy.ts';
import { reportInScope } from './queries.ts';
import { turnOf } from './turn.ts';

type Address = { ref: string; number: string };

/** The number of a report as it stands in an address. @throws Refusal `not-found` */
export function reportNumber(typed: string): number {
  if (!/^[1-9]\d{0,5}$/.test(typed)) throw notFound();
  return Number(typed);
}

/**
 * What every page of a report shows: the record as this reader may read it, and whose turn it is. Out of scope becomes
 * the 404 page; with `right`, a reader without it gets the 403 page.
 */
export async function loadReportPage(
  context: Readonly<RouterContextProvider>,
  address: Address,
  right?: SupervisionRight,
) {
  const actor = signedIn(context);
  return shown(context, async () => {
    const view = await reportInScope(platform().db, actor, address.ref, reportNumber(address.number));
    if (right) demand(right, actor, view);
    const { report, given, signed } = view;
    const role = actingRole(actor, view);
    const progress = { state: report.state, given, signed };
    const t = words(context);
    return {
      ...view,
      role,
      progress,
      turn: turnOf({ ...progress, returned: report.stateReason !== null }, role),
      sides: sidesOf(view.members),
      halfYear: t(`supervision:halfYear.${report.half}`, { year: report.year }),
      halfYearTitle: t(`supervision:halfYearTitle.${report.half}`, { year: report.year }),
      address: `/supervision/${view.thesis.reference}/reports/${report.number}`,
    };
  });
}

export type ReportPage = Awaited<ReturnType<typeof loadReportPage>>;

/** The side of each place in a thesis. */
export function sidesOf(members: readonly { role: ThesisRole; side: Side }[]): Record<ThesisRole, Side> {
  const sideOf = (role: ThesisRole) => members.find((member) => member.role === role)?.side ?? 'in';
  return {
    candidate: sideOf('candidate'),
    supervisor: sideOf('supervisor'),
    'co-supervisor': sideOf('co-supervisor'),
  };
}
