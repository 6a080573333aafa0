/** The channel on which one process tells the others what has changed; payloads are topics, never values. */
export const LIVE_CHANNEL = 'setu_most_live';
