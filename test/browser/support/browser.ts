import { spawnSync } from 'node:child_process';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { describeWith } from '../../support/describe-with';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Path of a browser that is installed here. */
function installed(): string | undefined {
  const found = PROGRAMS.map((program) => spawnSync('which', [program], { encoding: 'utf8' }));
  return found.find(({ status }) => status === 0)?.stdout.trim();
}

/** A describe block that needs a real browser. */
export function describeInBrowser(title: string, block: (open: Open) => void): void {
  const executablePath = installed();
  const isHere = executablePath !== undefined;
  describeWith({ program: 'chromium', debian: 'chromium', isHere }, title, () => block(opener(executablePath ?? '')));
}

/** A page of its own, with all that it asked for and all that it complained of. */
export interface Opened {
  readonly page: Page;
  /** Addresses it asked for; what it made itself (data:, blob:) is no request. */
  readonly asked: readonly string[];
  /** What stood in its console as an error, and what it threw: refusals of its policy are among them. */
  readonly complaints: readonly string[];
}

export type Open = (options?: BrowserContextOptions) => Promise<Opened>;

function opener(executablePath: string): Open {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] }); // its own sandbox needs another user than root
  });
  afterAll(() => browser?.close());
  return async (options) => {
    const page = await browser!.newPage(options);
    const [asked, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url())) asked.push(request.url());
    });
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, asked, complaints };
  };
}
