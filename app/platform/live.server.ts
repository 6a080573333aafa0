import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import type { DbOrTx } from '#db/client.server.ts';
import { LIVE_CHANNEL } from './live-channel.ts';

type Running = { stop(): Promise<void> };

/** How long a change counts as late news, in milliseconds: longer than a page takes to open its stream, or to reopen it. */
const LATELY = 15_000;

// In development two copies of this module can be loaded; the listener is one all the same.
const holder = globalThis as typeof globalThis & {
  setuMostLive?: { events: EventEmitter; lately: Map<string, number>; running?: Running };
};

function theLive() {
  holder.setuMostLive ??= { events: new EventEmitter().setMaxListeners(0), lately: new Map() };
  return holder.setuMostLive;
}

/** Remembers a change for those who only begin to listen; the map is in order of time, the oldest first. */
function remember(lately: Map<string, number>, topic: string): void {
  const now = Date.now();
  lately.delete(topic);
  lately.set(topic, now);
  for (const [old, at] of lately) {
    if (now - at <= LATELY) break;
    lately.delete(old);
  }
}

/** Tells every process, once `tx` commits, that something under a topic changed. A topic names records, never values. */
export async function publish(tx: DbOrTx, topic: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${LIVE_CHANNEL}, ${topic})`);
}

/**
 * Calls `changed` whenever something under one of the topics changed, at once for what changed in the last seconds (a
 * page was made before its stream is open), and after a gap in listening, when that is unknown. Where nothing listens,
 * nothing is called: pages poll as well.
 *
 * @returns a function that ends it.
 */
export function onLive(topics: readonly string[], changed: (topic: string) => void): () => void {
  const { events, lately } = theLive();
  const wanted = new Set(topics);
  const hear = (topic: string) => {
    if (wanted.has(topic)) changed(topic);
  };
  const gap = () => {
    for (const topic of wanted) changed(topic);
  };
  events.on('topic', hear);
  events.on('gap', gap);
  for (const topic of wanted) if (Date.now() - (lately.get(topic) ?? 0) <= LATELY) changed(topic);
  return () => {
    events.off('topic', hear);
    events.off('gap', gap);
  };
}

/** Calls `ended` when the process stops listening, so that open streams can close. */
export function onLiveEnd(ended: () => void): () => void {
  const { events } = theLive();
  events.once('end', ended);
  return () => events.off('end', ended);
}

/** Opens the process's one listening connection, and opens it again whenever it breaks. */
export function startLive(url: string): void {
  const live = theLive();
  if (live.running) return;
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  const loop = (async () => {
    for (let first = true; !stopping.signal.aborted; first = false) {
      try {
        client = new pg.Client({
          connectionString: url,
          application_name: 'setu-most live',
          keepAlive: true,
        });
        const broken = new Promise<void>((resolve) => {
          client?.on('error', () => resolve());
          client?.on('end', () => resolve());
        });
        await client.connect();
        client.on('notification', ({ payload = '' }) => {
          remember(live.lately, payload);
          live.events.emit('topic', payload);
        });
        await client.query(`listen ${LIVE_CHANNEL}`);
        if (!first) live.events.emit('gap');
        await broken;
      } catch {
        // The database is away; the pages poll until it is back.
      }
      await client?.end().catch(() => undefined);
      await delay(1000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  live.running = {
    async stop() {
      stopping.abort();
      await client?.end().catch(() => undefined);
      await loop;
    },
  };
}

/** Ends listening and every open stream. */
export async function stopLive(): Promise<void> {
  const live = theLive();
  live.events.emit('end');
  await live.running?.stop();
  live.running = undefined;
}
