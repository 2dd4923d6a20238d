import { writeWhole } from '../../src/whole-file';

/* Writes the same file again and again until it is killed. */
const [file] = process.argv.slice(2);
const text = JSON.stringify({ letters: 'x'.repeat(4_000_000) });
for (;;) {
  writeWhole(file!, text);
  process.send?.('written');
}
