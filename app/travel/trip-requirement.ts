import type { LocalizedText, Side } from '#db/schema/shared.ts';

/** What a person travels for. */
export const PURPOSES = ['attend', 'speak', 'stay'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const VISA_ROUTES = ['e-visa', 'invitation', 'none'] as const;
export type VisaRoute = (typeof VISA_ROUTES)[number];

/** Who has to act. */
export const OWNERS = ['traveller', 'home', 'host'] as const;
export type Owner = (typeof OWNERS)[number];

/** Whether a lead time counts every day or Monday to Friday. */
export const LEAD_UNITS = ['calendar', 'working'] as const;
export type LeadUnit = (typeof LEAD_UNITS)[number];

/** All that readiness knows of a journey; who plans it is not its business. */
export type Trip = {
  personId: string;
  /** First day away and last day of the stay, as calendar dates. */
  startsOn: string;
  endsOn: string;
  home: Side | null;
  host: Side;
  purpose: Purpose;
  visaRoute: VisaRoute;
};

/** To which journeys a requirement applies; what is left out or null narrows nothing. */
export type Applies = {
  purposes?: readonly Purpose[] | null;
  homes?: readonly Side[] | null;
  hosts?: readonly Side[] | null;
  visaRoutes?: readonly VisaRoute[] | null;
  /** Only journeys of at least so many days, the first and the last counted. */
  minDays?: number | null;
};

/** How long a paper has to be valid, and the longest journey it covers, in days. */
export type Limit = { monthsPastEnd?: number; longestStay?: number };

/** One thing a journey needs: data that an institution changes for the part it sees to. */
export type Requirement = {
  code: string;
  title: LocalizedText;
  owner: Owner;
  /** Who defines it: the institution that sends, or the one that receives. */
  party: 'home' | 'host';
  /** How many days it takes from asking to having. */
  leadDays: number;
  leadUnit: LeadUnit;
  applies: Applies;
  /** What has to be there before this can be asked for. */
  after: readonly string[];
  /** By the side that receives. */
  limits: Partial<Record<Side, Limit>>;
  /** Where the rule comes from; null where it is an assumption. */
  source: LocalizedText | null;
  /** When the source was read. */
  sourceOn: string | null;
  active: boolean;
};
