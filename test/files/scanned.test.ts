import { randomUUID } from 'node:crypto';
import { pdf, png } from '../documents/support/bytes';
import { onDisk } from '../documents/support/office';
import { describeWithClamd, EICAR, startClamd, type TestClamd } from '../support/clamd';
import type { RunningHub } from '../support/running-hub';
import { openDesk } from './support/desk';

describeWithClamd('a hub with a virus scanner', () => {
  let [clamd, running]: [TestClamd | undefined, RunningHub | undefined] = [undefined, undefined];
  afterAll(async () => {
    await running?.close();
    await clamd?.stop();
  });

  it('takes a document that the scanner knows nothing of, refuses one with a virus and everything while the scanner is silent, and nothing is left of those [IM-4]', async () => {
    clamd = await startClamd();
    const settings = { CLAMD: clamd.addresses[0], CLAMD_SECONDS: '2' };
    const { desk, staff, application, ...opened } = await openDesk(settings);
    running = opened.running;
    const { committee } = staff;
    const handIn = (content: Buffer) => desk.handIn(committee, application, content);
    const clean = await handIn(png(randomUUID()));
    expect(clean).toMatchObject({ status: 201, body: { scan: 'CLEAN' } });
    const infected = await handIn(pdf(EICAR));
    expect([infected.status, infected.refused]).toEqual([422, 'FILE_INFECTED']);
    expect(JSON.stringify(infected.body)).toContain('Anju.Eicar');
    await clamd.stop();
    clamd = undefined;
    const unknown = await handIn(png(randomUUID()));
    expect([unknown.status, unknown.refused]).toEqual([503, 'SCAN_SILENT']);
    const known = await desk.known(committee, application);
    expect(known.map(({ id, scan }) => [id, scan])).toEqual([[clean.body.id, 'CLEAN']]);
    expect(onDisk(running).files).toHaveLength(1);
  }, 60_000);
});
