import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bornAt } from '../../../src/store/embedded/alive';
import { holderOf, isHolder, lockFolder, type FolderLock } from '../../../src/store/embedded/lock';
import { testFolder } from '../../support/folder';

const dataDir = testFolder();
const NOBODY = 2 ** 22 + 1; // beyond the largest process number of Linux

const taken = (): FolderLock => {
  const lock = lockFolder(dataDir, 'test');
  if (isHolder(lock)) throw new Error(`held by ${lock.pid}`);
  return lock;
};
const leave = (holder: object) => writeFileSync(join(dataDir, 'hub.lock'), JSON.stringify(holder));

describe('the lock of a data folder', () => {
  it('is held by one, who says what it is and where it answers', () => {
    const lock = taken();
    lock.say('http://127.0.0.1:4000');
    expect(lockFolder(dataDir, 'second')).toMatchObject({
      pid: process.pid,
      what: 'test',
      url: 'http://127.0.0.1:4000',
    });
    lock.release();
    expect(holderOf(dataDir)).toBeUndefined();
  });

  it('of a dead process is taken over', () => {
    leave({ pid: NOBODY, what: 'hub start', url: '', born: '1' });
    taken().release();
  });

  it('is not kept by another program that has got the number of the dead one', () => {
    leave({ pid: process.pid, what: 'hub start', url: '', born: `${bornAt(process.pid)}0` });
    taken().release();
  });

  it('is taken over where a crash left only a scrap of it', () => {
    writeFileSync(join(dataDir, 'hub.lock'), '{"pid":');
    taken().release();
  });
});
