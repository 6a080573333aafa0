import type { Fact } from '#app/travel/assess-readiness.ts';

/** What the hotel cell of a board is judged by. */
export type HotelAsk = {
  hotelIn: string | null;
  hotelOut: string | null;
  roomWish: 'single' | 'twin' | null;
  shareWithId: string | null;
  /** Whether a bed is kept for the nights that were asked for. */
  hasBed: boolean;
  /** Whether the person named has named this one, too. */
  mutual: boolean;
  /** The local day of landing and that of leaving, where there are legs. */
  landsOn: string | null;
  leavesOn: string | null;
};

/** The bed as readiness sees it: no bed is missing, a night without one or a mate who has not agreed is a risk. */
export function hotelFact(ask: HotelAsk): Fact {
  const { hotelIn, hotelOut, landsOn, leavesOn } = ask;
  if (!hotelIn || !hotelOut) return { state: 'missing' };
  // The nights are known and no bed was given: the person has one in another list.
  if (!ask.hasBed) return { state: 'done', problem: { code: 'bedElsewhere', tone: 'risk' } };
  if (landsOn && landsOn < hotelIn) {
    return { state: 'done', problem: { code: 'noBedOnLanding', tone: 'risk', params: { landsOn, hotelIn } } };
  }
  if (leavesOn && leavesOn > hotelOut) {
    return {
      state: 'done',
      problem: { code: 'noBedBeforeLeaving', tone: 'risk', params: { leavesOn, hotelOut } },
    };
  }
  if (ask.roomWish === 'twin' && ask.shareWithId && !ask.mutual) {
    return { state: 'done', problem: { code: 'mateNotAgreed', tone: 'risk' } };
  }
  return { state: 'done' };
}
