import { staffOf } from '../admission/office-of';
import { checked } from '../support/checks';
import { honestFiles, purposeOf, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';
import { describeInBrowser } from './support/browser';

let running: RunningHub;
let file: File;
let address: string;
let headers: Record<string, string>;
beforeAll(async () => {
  running = await openRunningHub(120);
  file = (await honestFiles(running))[0]!;
  const { county } = staffOf(file, running);
  const { id } = await checked(running, county, file.householdId);
  address = `${running.url}/papers/report/${id}.html`;
  headers = {
    authorization: `Bearer ${await running.issuer.mint({ ...county })}`,
    'x-purpose': await purposeOf(running, county, file),
  };
});
afterAll(() => running.close());

/** Widths and heights of the pages of a PDF, points. */
const sizesOf = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))} × ${Math.round(Number(height))}`,
  );

describeInBrowser('核对报告 in a browser', (open) => {
  it('is laid out by its one style, fetches nothing, and leads from a finding to its evidence', async () => {
    const { page, asked, complaints } = await open({ extraHTTPHeaders: headers });
    await page.goto(address);
    expect(await page.locator('h1').innerText()).toContain('核对报告');
    const border = await page
      .locator('td')
      .first()
      .evaluate((cell) => getComputedStyle(cell).borderTopStyle);
    expect(border).toBe('solid');
    const link = page.locator('a[href^="#"]').last();
    const place = (await link.getAttribute('href'))!;
    await link.click();
    expect(new URL(page.url()).hash).toBe(place);
    await expect(page.locator(place).isVisible()).resolves.toBe(true);
    expect([...new Set(asked.map((each) => each.replace(/#.*/, '')))]).toEqual([address]);
    const ofPage = complaints.filter((complaint) => !complaint.startsWith('Blocked script execution')); // those are the test's own
    expect(ofPage).toEqual([]);
  });

  it('is printed on A4, every page of it', async () => {
    const { page } = await open({ extraHTTPHeaders: headers });
    await page.goto(address);
    const sizes = sizesOf(await page.pdf({ preferCSSPageSize: true }));
    expect(sizes.length).toBeGreaterThan(0);
    expect([...new Set(sizes)]).toEqual(['595 × 842']); // ISO 216: 210 mm × 297 mm at 72 points an inch
  });

  it('runs nothing of what people wrote', async () => {
    const { page } = await open({ extraHTTPHeaders: headers });
    await page.goto(address);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return 'ran' in window;
    });
    expect(ran).toBe(false);
  });
});
