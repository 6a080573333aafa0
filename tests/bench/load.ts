import { Client } from 'undici';
import { type Cpu, cpuOf } from './processes.ts';

/** One request of a measurement: what changes from one to the next. */
export interface Shot {
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface Plan {
  name: string;
  origin: string;
  /** The process that answers; its PostgreSQL, where it has one, is counted beside it. */
  pid: number;
  connections: number;
  /** The next request of one connection; may prepare it, which is not timed. */
  next: (connection: number) => Shot | Promise<Shot>;
  /** Names of its own ceilings, where they are not those of the coordinator's list. */
  beside?: { react: string; bytes: string };
  /** The status that says it worked; anything else stops the measurement. */
  status: number;
}

export interface Load {
  name: string;
  beside?: { react: string; bytes: string };
  connections: number;
  /** Answers per second in the best round: the one that the rest of the machine disturbed least. */
  rate: number;
  /** Milliseconds, over all rounds. */
  p50: number;
  p99: number;
  /** Processor milliseconds per answer, over all rounds: hardly moved by whoever else uses the machine. */
  cpu: Cpu;
  requests: number;
}

/**
 * Asks over real HTTP on kept connections, one request at a time on each, for a bounded time. The plans take turns, so
 * that a noisy moment meets all of them; a short round before warms up both ends.
 *
 * @param lasts milliseconds of one round.
 */
export async function measure(plans: readonly Plan[], rounds: number, lasts: number): Promise<Load[]> {
  const courses = plans.map((plan) => ({
    plan,
    clients: Array.from({ length: plan.connections }, () => new Client(plan.origin, { pipelining: 1 })),
    rates: [] as number[],
    times: [] as number[],
    cpu: { node: 0, postgres: 0 },
  }));
  try {
    for (const { plan, clients } of courses) await round(plan, clients, lasts / 2);
    for (let number = 0; number < rounds; number++) {
      for (const course of courses) {
        const before = cpuOf(course.plan.pid);
        const began = performance.now();
        const taken = await round(course.plan, course.clients, lasts);
        course.rates.push((taken.length / (performance.now() - began)) * 1000);
        const after = cpuOf(course.plan.pid);
        course.cpu.node += after.node - before.node;
        course.cpu.postgres += after.postgres - before.postgres;
        course.times.push(...taken);
      }
    }
  } finally {
    await Promise.all(courses.flatMap(({ clients }) => clients.map((client) => client.close())));
  }
  return courses.map(({ plan, rates, times, cpu }) => {
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    const requests = times.length;
    return {
      name: plan.name,
      ...(plan.beside && { beside: plan.beside }),
      connections: plan.connections,
      rate: Math.max(...rates),
      p50: at(0.5),
      p99: at(0.99),
      cpu: { node: cpu.node / requests, postgres: cpu.postgres / requests },
      requests,
    };
  });
}

async function round(plan: Plan, clients: Client[], lasts: number): Promise<number[]> {
  const until = performance.now() + lasts;
  const times: number[] = [];
  await Promise.all(
    clients.map(async (client, connection) => {
      // Every connection asks at least once, however slow the answer.
      do {
        const shot = await plan.next(connection);
        const began = performance.now();
        const { statusCode, body } = await client.request({ method: 'GET', ...shot });
        const answer = await body.arrayBuffer();
        times.push(performance.now() - began);
        if (statusCode === plan.status) continue;
        const text = Buffer.from(answer).toString().replace(/\s+/g, ' ').slice(0, 500);
        throw new Error(`${shot.path} answered ${statusCode} and not ${plan.status}: ${text}`);
      } while (performance.now() < until);
    }),
  );
  return times;
}
