import { createContext } from 'react-router';
import type { Locale } from '#db/schema/shared.ts';
import type { PersonActor } from './actor.ts';

/** What is known of a request once, before any loader or action runs. */
export type RequestState = {
  requestId: string;
  /** For the Content-Security-Policy and the one script of the page. */
  nonce: string;
  locale: Locale;
  url: URL;
  /** Address of the client as the edge resolved it; never written to a log with a person. */
  address: string;
  now: Date;
  /** Signed in, with or without a person behind the account yet. */
  accountId: string | null;
  sessionId: string | null;
  actor: PersonActor | null;
  /** The name of who is signed in, for the shell, in both scripts. */
  name: Record<Locale, string> | null;
  /** The same person as a greeting names them. */
  addressedAs: Record<Locale, string> | null;
  /** Whether a second factor has to be set up before anything else. */
  secondFactorDue: boolean;
  /** Demo installation: invented people, and no second factor demanded. */
  demo: boolean;
};

export const requestState = createContext<RequestState>();
