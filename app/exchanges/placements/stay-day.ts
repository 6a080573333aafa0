/** The two days of a stay that the host's coordinator confirms, each on a page of its own. */
export type StayDay = 'arrival' | 'departure';

/** What the form of each day writes, asks for, and until when it is open. */
export const STAY_DAYS = {
  arrival: { field: 'arrivedOn', right: 'placements.confirmArrival', during: 'preparing' },
  departure: { field: 'leftOn', right: 'placements.confirmDeparture', during: 'stay' },
} as const;
