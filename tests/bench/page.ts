import { request } from 'undici';

/** The first table of a page, as it stands in its HTML. */
export function tableOf(html: string): string {
  const table = /<table[\s>][\s\S]*?<\/table>/.exec(html)?.[0];
  if (!table) throw new Error('The page has no table');
  return table;
}

/** Bytes over the wire, as they are and compressed as a browser asks for them. */
export interface Weight {
  raw: number;
  gzip: number;
}

export interface PageWeight {
  path: string;
  html: Weight;
  css: Weight;
  js: Weight;
}

/** What a page and the styles and scripts it names weigh. Fonts and pictures are not counted. */
export async function weigh(origin: string, path: string, cookie: string): Promise<PageWeight> {
  const html = await bytes(origin, path, cookie);
  const text = (await fetchText(origin, path, cookie)).toString();
  const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, href = '']) => href))];
  const css = named(/<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"/g);
  const js = named(/<(?:script[^>]+src|link[^>]+rel="modulepreload"[^>]*href)="([^"]+)"/g);
  const sum = async (paths: string[]) => {
    const each = await Promise.all(paths.map((one) => bytes(origin, one, cookie)));
    return {
      raw: each.reduce((total, one) => total + one.raw, 0),
      gzip: each.reduce((total, one) => total + one.gzip, 0),
    };
  };
  return { path, html, css: await sum(css), js: await sum(js) };
}

/** A page's bytes, uncompressed. */
export async function fetchText(
  origin: string,
  path: string,
  cookie: string,
  encoding = 'identity',
): Promise<Buffer> {
  const headers = { cookie, 'accept-encoding': encoding };
  const { statusCode, body } = await request(new URL(path, origin), { headers });
  const content = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200)
    throw new Error(`${path} answered ${statusCode}: ${content.toString().slice(0, 300)}`);
  return content;
}

async function bytes(origin: string, path: string, cookie: string): Promise<Weight> {
  const [raw, gzip] = await Promise.all(
    ['identity', 'gzip'].map((one) => fetchText(origin, path, cookie, one)),
  );
  return { raw: raw?.length ?? 0, gzip: gzip?.length ?? 0 };
}
