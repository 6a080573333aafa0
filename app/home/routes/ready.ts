import { readiness } from '#app/platform/readiness.server.ts';
import { platform } from '#app/platform/runtime.server.ts';

/** For a load balancer: 200 when this process can serve, else 503. Says which part, and nothing more. */
export async function loader() {
  const found = await readiness(platform());
  return Response.json(found, { status: found.ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
