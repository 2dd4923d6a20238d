import { makeProgress } from '../../src/cli/start/progress';

describe('the steps of a start', () => {
  it('are waited for all, when several are under way, failed ones too', async () => {
    const said: string[] = [];
    const { step, underWay } = makeProgress((line) => said.push(line.trim().split(' ')[0]!));
    const ends: (() => void)[] = [];
    const open = (title: string) => step(title, () => new Promise<void>((resolve) => ends.push(resolve)));
    const steps = [open('agencies'), open('gateway'), step('worker', () => Promise.reject(new Error('no queue')))];
    steps.forEach((each) => each.catch(() => undefined));
    const settled = underWay().then(() => said.push('settled'));
    ends.reverse().forEach((end) => end());
    await settled;
    expect(said).toEqual(['gateway', 'agencies', 'settled']);
    await expect(steps[2]).rejects.toThrow('no queue');
  });

  it('leave nothing to wait for once they are done', async () => {
    const { step, underWay } = makeProgress(() => undefined);
    await step('tables', async () => 0);
    expect(await underWay()).toEqual([]);
  });
});
