import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { findChromium } from './chromium.ts';

type Language = 'en' | 'ru';

export interface PageOptions {
  /** Where relative addresses lead: the portal's own URL. */
  baseURL?: string;
  lng?: Language;
  /** CSS pixels; the bars are looked at at 390 and 1280. */
  width?: number;
  javaScriptEnabled?: boolean;
  colorScheme?: 'light' | 'dark';
}

const locales = { en: 'en-GB', ru: 'ru-RU' } as const;

/** Starts the browser; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    // Containers have no user namespaces and little shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
}

const scriptlessPages = new WeakSet<Page>();

/** Opens a page as a fresh visitor: no cookies, a language, a width. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { lng = 'en', width = 1280, baseURL, javaScriptEnabled = true, colorScheme = 'light' } = options;
  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    locale: locales[lng],
    viewport: { width, height: width < 700 ? 844 : 900 },
    javaScriptEnabled,
    colorScheme,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  if (!javaScriptEnabled) scriptlessPages.add(page);
  return page;
}

/**
 * Gives the calling test file a browser, closed after its last test.
 * @returns `newPage`, which opens a page as a fresh visitor
 */
export async function useBrowser(): Promise<{
  browser: Browser;
  newPage(options?: PageOptions): Promise<Page>;
}> {
  const browser = await launchBrowser();
  afterAll(() => browser.close());
  return { browser, newPage: (options) => openPage(browser, options) };
}

/** What the page complained about: thrown errors and breaches of the Content-Security-Policy. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

let axeSource: string | undefined;

/**
 * Fails when axe finds a breach of WCAG 2.2 AA on the page as it stands now. The checker comes in through the
 * browser's own debugging door, which the Content-Security-Policy does not close; a page without JavaScript is
 * copied into a context that has it, for axe waits on timers.
 */
export async function expectAccessible(page: Page): Promise<void> {
  if (!scriptlessPages.has(page)) return runAxe(page);
  const copy = await copyOf(page);
  try {
    await runAxe(copy);
  } finally {
    await copy.context().close();
  }
}

async function runAxe(page: Page): Promise<void> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run({ runOnly: { type: 'tag', values: tags } })).violations;
  });
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary}`,
    ),
  );
  if (told.length > 0) throw new Error(`axe on ${page.url()}:\n${told.join('\n')}`);
}

/** The same document where scripts run; its own scripts left out, its style sheets fetched as before. */
async function copyOf(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser any more');
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const context = await browser.newContext({
    bypassCSP: true,
    viewport: page.viewportSize(),
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    storageState: await page.context().storageState(),
  });
  const body = (await page.content()).replaceAll(/<script\b[^>]*>[\s\S]*?<\/script>/g, '');
  const url = page.url();
  await context.route(
    (address) => address.href === url,
    (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }),
  );
  const copy = await context.newPage();
  await copy.goto(url);
  return copy;
}

interface AxeResult {
  violations: {
    id: string;
    help: string;
    nodes: { target: string[]; failureSummary?: string }[];
  }[];
}

/** Fails when the page is wider than its window: nobody should have to scroll sideways to read. */
export async function noHorizontalScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`);
  });
  if (wide.length === 0) return;
  const width = page.viewportSize()?.width;
  throw new Error(`${page.url()} is too wide for a window of ${width} pixels:\n${wide.join('\n')}`);
}
