import { creditCodeOf } from '../../src/access/credit-code';
import { readPartners, toLines } from '../../src/cli/partner/listing';
import { registryOn } from '../../src/cli/partner/registry';
import { makeProgram } from '../../src/cli/program';
import { testDatabase } from '../support/database';

/* The first three stand in domain.md §9; the others were completed by a Python line of `pow(3, i, 31)`. */
const SOUND = [
  '91350100M000100Y43',
  '9144030071526726XG',
  '91110108551385082Q',
  '111504000115000001',
  '12450100MB0000000J',
  '51150000MJ0000000N',
  '92150402MA0N000009',
  '91450100MA5K00000B',
  'G11100000000000007',
];
const [first] = SOUND as [string];

describe('a unified social credit code [GB 32100-2015]', () => {
  it.each(SOUND)('%s is sound, in small letters, full width and with spaces too', (code) => {
    const wide = [...code].map((letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)).join('');
    for (const written of [code, code.toLowerCase(), wide, ` ${code.slice(0, 8)} ${code.slice(8)} `])
      expect(creditCodeOf(written)).toBe(code);
  });

  it.each(SOUND)('%s with any other check character is none', (code) => {
    for (const last of '0123456789ABCDEFGHJKLMNPQRTUWXY')
      expect([last, creditCodeOf(code.slice(0, 17) + last)]).toEqual([last, last === code[17] ? code : null]);
  });

  it('with one other character, or two neighbours swapped, is none', () => {
    for (const code of SOUND)
      for (let at = 0; at < 17; at++) {
        const other = code[at] === '1' ? '2' : '1';
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        expect(creditCodeOf(code.slice(0, at) + other + code.slice(at + 1))).toBeNull();
        if (swapped !== code) expect([swapped, creditCodeOf(swapped)]).toEqual([swapped, null]);
      }
  });

  it.each([
    ['', 'nothing'],
    [first.slice(0, 17), 'without its check character'],
    [`${first}0`, 'one more'],
    ['91350100I000100Y43', 'I'],
    ['91350100O000100Y43', 'O'],
    ['91350100S000100Y43', 'S'],
    ['91350100V000100Y43', 'V'],
    ['91350100Z000100Y43', 'Z'],
    ['9135010AM000100Y43', 'a letter in the region'],
    ['11010519491231002X', 'a citizen number'],
    ['913501-00M000100Y43', 'a hyphen'],
    ['９１３５０１００М０００１００Ｙ４３', 'a Cyrillic letter'],
  ])('%s is none: %s', (written) => expect(creditCodeOf(written)).toBeNull());

  it('is refused where a partner is registered, before anything is kept', async () => {
    const program = makeProgram();
    const add = program.commands.find((command) => command.name() === 'partner')!.commands[0]!;
    add.exitOverride().configureOutput({ writeErr: () => undefined });
    const args = ['partner', 'add', 'tax', '--name', 'x', '--agency', 'y', '--credit-code', '91350100M000100Y44'];
    await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow(/unified social credit code/);
  });

  it('is kept and listed with the partner, and the table takes no other shape', async () => {
    const base = await testDatabase();
    const partner = { clientId: 'tax', name: '税务', agency: '税务局', keys: [] };
    await registryOn(base.owner).add({ ...partner, creditCode: first });
    const listed = await readPartners(base.ownerUrl);
    expect([listed[0]!.creditCode, toLines(listed)[0]]).toEqual([first, expect.stringContaining(`税务局 ${first}`)]);
    const wrong = { ...partner, clientId: 'other', creditCode: 'SSSSSSSSSSSSSSSSSS' };
    await expect(registryOn(base.owner).add(wrong)).rejects.toThrow(/check constraint/);
    await base.close();
  });
});
