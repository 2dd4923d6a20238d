import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LETTERS = 4_000_000;

describe('a file of the hub’s own', () => {
  it('is there whole to whoever reads it while it is written, and after its writer was killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anju-whole-'));
    const file = join(folder, 'made', 'kept.json');
    const lettersIn = () => (JSON.parse(readFileSync(file, 'utf8')) as { letters: string }).letters.length;
    try {
      for (let kill = 0; kill < 5; kill += 1) {
        const writer = fork(join(__dirname, 'whole-file-child.ts'), [file], { execArgv: ['-r', '@swc-node/register'] });
        const gone = once(writer, 'exit');
        await once(writer, 'message');
        for (let look = 0; look < 40; look += 1) {
          expect(lettersIn()).toBe(LETTERS);
          if (look % 8 === 0) await once(writer, 'message');
        }
        writer.kill('SIGKILL');
        await gone;
        expect(lettersIn()).toBe(LETTERS);
        expect(statSync(file).mode & 0o777).toBe(0o600);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
