import { makeProgress } from '../../src/cli/start/progress';

describe('the steps of a start', () => {
  it('are waited for all, when several are under way, failed ones too', async () => {
    const said: string[] = [];
    const { step, stop } = makeProgress((line) => said.push(line.trim().split(' ')[0]!));
    const ends: (() => void)[] = [];
    const open = (title: string) => step(title, () => new Promise<void>((resolve) => ends.push(resolve)));
    const steps = [open('agencies'), open('gateway'), step('worker', () => Promise.reject(new Error('no queue')))];
    steps.forEach((each) => each.catch(() => undefined));
    const settled = stop().then(() => said.push('settled'));
    await new Promise(setImmediate);
    expect(said).toEqual([]);
    ends.reverse().forEach((end) => end());
    await settled;
    expect(said).toEqual(['gateway', 'agencies', 'settled']);
    await expect(steps[2]).rejects.toThrow('no queue');
  });

  it('do not begin once the program is told to stop', async () => {
    const { step, stop } = makeProgress(() => undefined);
    await stop();
    const begun: string[] = [];
    void step('worker', async () => begun.push('worker'));
    await new Promise(setImmediate);
    expect(begun).toEqual([]);
  });

  it('leave nothing to wait for once they are done', async () => {
    const { step, stop } = makeProgress(() => undefined);
    await step('tables', async () => 0);
    expect(await stop()).toEqual([]);
  });
});
