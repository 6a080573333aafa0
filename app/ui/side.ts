/** The two banks of the bridge: `in` is the Indian side (Dhanbad), `ru` the Russian side (Moscow). */
export type Side = 'in' | 'ru';

/** How a fact stands: ready ✓, at risk !, stopped ✕, idle — (not asked yet, or nothing to do). */
export type Tone = 'ok' | 'risk' | 'stop' | 'idle';
