import { Undo } from '../../src/cli/start/undo';

const never = () => new Promise<void>(() => undefined);

describe('stopping what was started', () => {
  it('goes from the last to the first, once, however often it is asked', async () => {
    const stopped: string[] = [];
    const undo = new Undo();
    for (const part of ['lock', 'database', 'gateway']) undo.add(part, () => void stopped.push(part));
    await Promise.all([undo.all(1000), undo.all(1000)]);
    expect(stopped).toEqual(['gateway', 'database', 'lock']);
  });

  it('goes on past a part that fails or hangs, and tells of it', async () => {
    const stopped: string[] = [];
    const undo = new Undo();
    undo.add('lock', () => void stopped.push('lock'));
    undo.add('database', never);
    undo.add('gateway', () => Promise.reject(new Error('socket')));
    expect(await undo.all(5)).toEqual(['gateway: socket', 'database: did not stop within 5 ms']);
    expect(stopped).toEqual(['lock']);
  });
});
