/** How long counts of a pipeline may be old, in milliseconds: less than a person needs to read them. */
const LIFE = 2000;
/** More different filters than anybody uses in two seconds. */
const MOST = 500;

const kept = new Map<string, { until: number; counts: Promise<unknown> }>();

/**
 * Counts that many readers ask for at once are counted once. What this process changes is counted anew at
 * once (`forgetCounts`); what another process changes is seen after two seconds.
 */
export function countedLately<T>(key: string, count: () => Promise<T>): Promise<T> {
  const now = Date.now();
  const known = kept.get(key);
  if (known && known.until > now) return known.counts as Promise<T>;
  if (kept.size >= MOST) kept.clear();
  const counts = count();
  kept.set(key, { until: now + LIFE, counts });
  // A failure is nobody's count.
  counts.catch(() => kept.delete(key));
  return counts;
}

/** Called after every change of a state. */
export function forgetCounts(): void {
  kept.clear();
}
