import { chromium, type Browser, type Page } from 'playwright-core';

/** Chromium as a package of the system brings it: `apt-get install chromium` on Debian. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}

export interface WatchedPage {
  page: Page;
  /** Whatever the browser complains of, the content security policy included. */
  complaints: string[];
}

export interface PageSetup {
  locale: string;
  /** Of the window, in pixels. */
  width: number;
  headers?: Record<string, string>;
}

export async function newPage(browser: Browser, setup: PageSetup): Promise<WatchedPage> {
  const { locale, width, headers: extraHTTPHeaders = {} } = setup;
  // A context of its own, in which a second tab can be opened too; it ends with the first.
  const context = await browser.newContext({ locale, viewport: { width, height: 800 }, extraHTTPHeaders });
  const page = await context.newPage();
  page.once('close', () => void context.close());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** By how many pixels a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
