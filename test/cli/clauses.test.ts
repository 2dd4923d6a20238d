import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claimsOf } from '../../src/cli/clauses/claims';
import { ledgerOf, type Ledger } from '../../src/cli/clauses/ledger';
import { totalsOf } from '../../src/cli/clauses/page';
import { proofsFrom } from '../../src/cli/clauses/run';
import { Refusal } from '../../src/cli/refusal';
import { testFolder } from '../support/folder';

const RULE = `export const r = defineRule({ code: 'RR-01', basis: clause('IM-1'), });`;
const GUARD = `const NO = guardOf(clause('IM-2'));`;
const FEED = `const feed = carriedOutBy('FEED', clause('GX-3'));`;

const folder = testFolder();
let projects = 0;

/** A project of four clauses, of which the code claims three, after a test run that left these results. */
function ledgerAfter(tests: object[], code = `${RULE}\n${GUARD}\n${FEED}`, text = 'IM-1 IM-2 GX-3'): Ledger {
  const root = join(folder, String(projects++));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const each of ['resolvers', 'connectors', 'schema']) mkdirSync(join(root, each), { recursive: true });
  write('src/law.ts', code);
  write('docs/law/clauses.csv', 'id,clause_zh,kind\nIM-1,一,rule\nIM-2,二,rule\nGX-3,三,feed\nGX-4,四,org-only\n');
  write('test/a.test.ts', text);
  write('docs/law/human.json', '{"GX-4":"由人办理"}');
  write('node_modules/.cache/anju-clauses/a.json', JSON.stringify({ file: 'test/a.test.ts', at: 1, tests }));
  return ledgerOf(root, proofsFrom(root, claimsOf('src/law.ts', code)));
}

const ran = (title: string, deeds: string[], passed = true) => ({ title, passed, deeds });
const stateOf = ({ entries }: Ledger, id: string) => entries.find((entry) => entry.id === id)!.state;

describe('the ledger of clauses', () => {
  it('counts a clause whose code ran in a test that names it and passed', () => {
    const ledger = ledgerAfter([
      ran('a rule [IM-1] › holds', ['IM-1 RULE RAN']),
      ran('a guard [IM-2, G8] › lets', ['IM-2 GUARD LET']),
      ran('a guard [IM-2, G8] › refuses', ['IM-2 GUARD REFUSED']),
      ran('a feed [GX-3]', ['GX-3 FEED RAN', 'IM-1 RULE RAN']),
    ]);
    expect(totalsOf(ledger)).toEqual({
      total: 4,
      byState: { RULE: 1, GUARD: 1, FEED: 1, HUMAN: 1 },
      proven: 3,
      open: [],
    });
    expect(ledger.unproven).toEqual([]);
  });

  it.each([
    ['whose test failed', ran('a rule [IM-1]', ['IM-1 RULE RAN'], false)],
    ['whose code did not run in the test that names it', ran('a rule [IM-1]', [])],
    ['whose code ran in a test that names another', ran('a rule [GX-3]', ['IM-1 RULE RAN'])],
    ['named without brackets', ran('a rule IM-1', ['IM-1 RULE RAN'])],
  ])('does not count one %s', (_how, test) => {
    const ledger = ledgerAfter([test]);
    expect([stateOf(ledger, 'IM-1'), totalsOf(ledger).proven]).toEqual(['OPEN', 0]);
    expect(ledger.unproven.map(({ id, file, line }) => [id, file, line])).toContainEqual(['IM-1', 'src/law.ts', 1]);
  });

  it.each(['LET', 'REFUSED'])('does not count a guard that was only seen once: %s', (deed) => {
    const ledger = ledgerAfter([ran('a guard [IM-2]', [`IM-2 GUARD ${deed}`])]);
    expect(stateOf(ledger, 'IM-2')).toBe('OPEN');
  });

  it('counts nothing that is only leant on, and nothing said in a comment', () => {
    const ledger = ledgerAfter(
      [ran('a rule [IM-1]', ['IM-1 RULE RAN'])],
      `// clause('IM-1')\n/* clause('IM-1') */\nexport const r = defineRule({ basis: cites('IM-1') });`,
    );
    expect([stateOf(ledger, 'IM-1'), ledger.unproven]).toEqual(['OPEN', []]);
  });

  it('refuses a kept proof whose test no longer names the clause', () => {
    const proof = ran('a rule [IM-1]', ['IM-1 RULE RAN']);
    expect(() => ledgerAfter([proof], RULE, 'nothing of it')).toThrow('test/a.test.ts no longer proves IM-1');
  });

  it('refuses a clause it cannot read from the code', () => {
    expect(() => ledgerAfter([], 'const NO = guardOf(clause(`IM-2`));')).toThrow('src/law.ts:1 names a clause');
  });

  it('refuses a clause that no document has, naming file and line, and a claim that says not by what', () => {
    expect(() => ledgerAfter([], `\n${RULE.replace('IM-1', 'IM-99')}`)).toThrow(
      new Refusal('src/law.ts:2: there is no clause IM-99 in docs/law/clauses.csv'),
    );
    expect(() => ledgerAfter([], `const loose = clause('IM-1');`)).toThrow('src/law.ts:1');
  });

  it('is of the 372 clauses of the two documents, each of which is proven, for a person, or open', () => {
    const { total, byState } = totalsOf(ledgerOf(join(__dirname, '../..'), {}));
    expect([total, Object.values(byState).reduce((sum, count) => sum + count)]).toEqual([372, 372]);
  });
});
