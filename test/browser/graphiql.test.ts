import type { Locator, Page } from 'playwright-core';
import { openRunningHub, type RunningHub } from '../support/running-hub';
import { describeInBrowser } from './support/browser';

let running: RunningHub;
let region: string;
let file: string;
beforeAll(async () => {
  running = await openRunningHub();
  const { rows } = await running.base.owner.query<{ region: string; file: string }>(
    `select region_code as region, file_number as file from household where closed_on is null order by id limit 1`,
  );
  ({ region, file } = rows[0]!);
});
afterAll(() => running.close());

/** What stands in an editor of the page, as people see it. */
const shown = async (editor: Locator): Promise<string> =>
  (await editor.locator('.view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');

/** Pastes a text into an editor in place of what stands there. */
async function paste(page: Page, editor: Locator, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await editor.locator('.view-lines').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
}

const QUERY = 'query Asked($region: String!) { households(region: $region, first: 50) { nodes { fileNumber } } }';

/** The page takes note of what was written a moment later: who is too quick presses the button again, as people do. */
async function answered(page: Page, marker: string): Promise<void> {
  const there = (text: string) => document.querySelector('.graphiql-response')?.textContent?.includes(text);
  for (let tries = 0; tries < 20; tries++) {
    await page.locator('.graphiql-execute-button').click();
    const came = await page.waitForFunction(there, marker, { timeout: 1500 }).then(
      () => true,
      () => false,
    );
    if (came) return;
  }
  throw new Error(`no ${marker} in ${await shown(page.locator('.graphiql-response'))}`);
}

describeInBrowser('GraphiQL in a browser', (open) => {
  it('asks as an officer whose token was pasted, shows the answer, and fetches nothing from anywhere else', async () => {
    const { page, asked, complaints } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${running.url}/graphql`);
    const tool = page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden)');
    await paste(page, page.locator('.graphiql-query-editor'), QUERY);
    await page.getByRole('button', { name: 'Headers' }).click();
    const bearer = await running.issuer.mint({ role: 'COUNTY_HOUSING', region });
    await paste(page, tool, JSON.stringify({ authorization: `Bearer ${bearer}` }));
    await page.getByRole('button', { name: 'Variables' }).click();
    await paste(page, tool, JSON.stringify({ region }));
    await answered(page, file);
    expect([...new Set(asked)]).toEqual([`${running.url}/graphql`]);
    expect(complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]); // it looks for the schema before a token is there
  });

  it('is told in words what to do while no token is there', async () => {
    const { page } = await open();
    await page.goto(`${running.url}/graphql`);
    await page.locator('.graphiql-response .view-line').first().waitFor();
    await page.waitForFunction(() =>
      document.querySelector('.graphiql-response')?.textContent?.includes('UNAUTHENTICATED'),
    );
    expect(await shown(page.locator('.graphiql-response'))).toContain('请携带有效的 OIDC 访问令牌');
  });
});
