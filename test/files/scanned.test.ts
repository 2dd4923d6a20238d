import { randomUUID } from 'node:crypto';
import { openScanner } from '../../src/store/files/scanner';
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
  });

  it('hands out a document that came before there was a scanner only once the scanner knows nothing against it', async () => {
    const { desk, staff, application, ...opened } = await openDesk({});
    const { running: hub } = opened;
    try {
      const { committee, county } = staff;
      const [clean, infected] = [png(randomUUID()), pdf(EICAR)];
      const [first, second] = [
        await desk.handIn(committee, application, clean),
        await desk.handIn(committee, application, infected),
      ];
      expect([first.body.scan, second.body.scan]).toEqual(['NOT_SCANNED', 'NOT_SCANNED']);
      const scanner = await startClamd();
      const config = { ...hub.hub.config, CLAMD: scanner.addresses[0]!, CLAMD_SECONDS: 2 };
      Object.assign(hub.hub, { scanner: openScanner(config, hub.hub.log) });
      const got = async ({ body }: typeof first) => desk.get(county, body.id as string);
      const [good, bad] = [await got(first), await got(second)];
      expect(Buffer.from(await good.arrayBuffer())).toEqual(clean);
      const { status, refused } = await desk.heard(bad);
      expect([status, refused]).toEqual([422, 'FILE_INFECTED']);
      await scanner.stop();
      const unknown = await desk.heard(await got(first));
      expect([unknown.status, unknown.refused]).toEqual([503, 'SCAN_SILENT']);
    } finally {
      await hub.close();
    }
  });
});
