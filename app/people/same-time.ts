import { setTimeout as delay } from 'node:timers/promises';

/** No answer comes sooner than `least` milliseconds, so that its haste does not tell whether an address is known. */
export async function sameTime<T>(act: () => Promise<T>, least = 600): Promise<T> {
  const [result] = await Promise.allSettled([act(), delay(least)]);
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
