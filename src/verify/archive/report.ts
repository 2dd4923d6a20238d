import { CannotVerify, Tampered } from '../findings';
import { verifyPackage } from './package';

/** Says what became of a check, and the exit code: 0 sealed as it was, 1 it is not, 2 nothing can be said. */
export function reportOnPackage(folder: string, keysFile: string, say: (line: string) => void): number {
  try {
    const { file, packedAt, entries, items, erased } = verifyPackage(folder, keysFile);
    say(`${folder}: the file of ${file.kind} ${file.subjectId} as it was packed at ${packedAt}`);
    say(`  ${entries} entries in one chain, ${items} items, each as it was signed`);
    if (erased.length > 0) say(`  erased by decision or time, hash kept: entries ${erased.join(', ')}`);
    return 0;
  } catch (error) {
    if (error instanceof Tampered) say(`NOT as it was signed. First bad item: ${error.finding.what}`);
    else if (error instanceof CannotVerify) say(`Nothing can be said: ${error.message}`);
    else throw error;
    return error instanceof Tampered ? 1 : 2;
  }
}
