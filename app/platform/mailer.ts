import type { MailTransport } from './config.ts';

/** A finished mail for one person. */
export type Letter = {
  /** The delivery's id; what makes handing it over twice harmless where the transport can promise that. */
  id: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

/**
 * What became of a letter. `later`: it was certainly not taken, or asking again with the same key cannot double it.
 * `doubtful`: nobody can know; a person decides. `problem` is a machine code, never a provider's sentence.
 */
export type HandOver =
  | { state: 'sent'; providerId?: string }
  | { state: 'failed'; problem: string }
  | { state: 'later'; problem: string }
  | { state: 'doubtful'; problem: string };

/** One way of handing letters over. */
export interface Mailer {
  readonly kind: MailTransport;
  /**
   * `exactly-once`: the same letters under the same key may be handed over again within a day and arrive once.
   * `at-most-once`: a letter whose hand-over was interrupted must not be tried again.
   */
  readonly promise: 'exactly-once' | 'at-most-once';
  readonly batchSize: number;
  /** @returns one outcome per letter, in their order. Throws only for bugs. */
  send(letters: readonly Letter[], key: string, signal?: AbortSignal): Promise<HandOver[]>;
  close(): void;
}
