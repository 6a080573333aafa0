import type { PersonActor } from '#app/platform/actor.ts';
import { onLive, onLiveEnd } from '#app/platform/live.server.ts';
import { state } from '#app/platform/request.server.ts';
import type { LiveTopic } from '#app/platform/room.ts';
import { platform } from '#app/platform/runtime.server.ts';
import { resolveSession } from '../session.server.ts';
import type { Route } from './+types/live';

const MOST_TOPICS = 20;
const MOST_STREAMS = 500;
const HEARTBEAT = 25_000;
/** Changes of one topic that come closer together than this are told once. */
const GATHER = 250;

let streams = 0;

/**
 * Server-sent events: says that something under a topic changed, never what. Topics are `inbox` (the reader's own) and
 * those of the rooms' faces; whether the reader may know is asked again for each event.
 */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { actor, url } = state(context);
  // 204 tells the browser not to come back; the page polls instead.
  if (!actor || streams >= MOST_STREAMS) return new Response(null, { status: 204 });
  const { db, rooms } = platform();
  const known = rooms.flatMap((room) => room.live ?? []);
  const asked = url.searchParams.getAll('topic').slice(0, MOST_TOPICS);
  const names = new Map<string, string>();
  for (const name of asked.length > 0 ? asked : ['inbox']) {
    if (await mayListen(actor, name, known))
      names.set(name === 'inbox' ? `inbox:${actor.personId}` : name, name);
  }

  async function mayListen(who: PersonActor, name: string, topics: readonly LiveTopic[]): Promise<boolean> {
    if (name === 'inbox') return true;
    const cut = name.indexOf(':');
    const topic = topics.find(({ prefix }) => prefix === name.slice(0, cut));
    return topic ? topic.mayListen(db, who, name.slice(cut + 1)) : false;
  }

  let end = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const say = (line: string) => {
        try {
          controller.enqueue(encoder.encode(line));
        } catch {
          // The browser went between two events.
          end();
        }
      };
      const waiting = new Set<string>();
      let timer: NodeJS.Timeout | undefined;
      const tell = async () => {
        timer = undefined;
        const topics = [...waiting];
        waiting.clear();
        const session = await resolveSession(request);
        if (!session?.actor) return end();
        for (const topic of topics) {
          const name = names.get(topic) ?? '';
          if (await mayListen(session.actor, name, known)) say(`data: ${name}\n\n`);
        }
      };
      const stopHearing = onLive([...names.keys()], (topic) => {
        waiting.add(topic);
        timer ??= setTimeout(() => tell().catch(() => end()), GATHER);
      });
      const stopWaiting = onLiveEnd(() => end());
      const beat = setInterval(() => say(':\n\n'), HEARTBEAT);
      streams += 1;
      end = () => {
        end = () => {};
        streams -= 1;
        clearInterval(beat);
        clearTimeout(timer);
        stopHearing();
        stopWaiting();
        try {
          controller.close();
        } catch {
          // The browser was first.
        }
      };
      request.signal.addEventListener('abort', () => end(), { once: true });
      say('retry: 3000\n\n');
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}
