import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at `/metrics`: the process, and how requests went, by method and class of status. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to the end of an answer',
    labelNames: ['method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'http_requests_refused_total',
    help: 'Requests refused at the edge, by reason',
    labelNames: ['reason'] as const,
    registers: [registry],
  });
  return {
    registry,
    observe(method: string, status: number, seconds: number) {
      duration.observe({ method, status: `${Math.floor(status / 100)}xx` }, seconds);
    },
    refuse(reason: 'too-large' | 'malformed') {
      refused.inc({ reason });
    },
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
