import { disputedRules } from '../../src/engine/conflict';
import { membersUnchanged } from '../../src/rules/eligibility/members-unchanged';
import { forgetParameter } from '../support/parameters';
import { NOW, PURPOSE, TODAY } from './world/build';
import { Court } from './world/court';
import { applicant, civil, cleanFamily, police } from './world/families';

const PRECEDENCE = 'death-register.police-prevails';
const WORDS = {
  dead: { deceasedOn: '2026-06-01' },
  alive: { deceasedOn: null },
  silent: null,
} as const;
type Word = keyof typeof WORDS;

let court: Court;
beforeAll(async () => void (court = await Court.open([membersUnchanged])));
afterAll(() => court.close());

async function judged(ofCivil: Word, ofPolice: Word, prevails: 0 | 1 | null) {
  await forgetParameter(court.base.owner, PRECEDENCE);
  if (prevails !== null)
    await court.base.owner.query(
      `insert into parameter (id, code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), $1, $2, 'flag', '示例', 'LOCAL', '2020-01-01', '2020-01-01')`,
      [PRECEDENCE, prevails],
    );
  const silent = { status: 'UNAVAILABLE' as const };
  const [inCivil, inPolice] = [WORDS[ofCivil], WORDS[ofPolice]];
  const answers = {
    ...applicant.answers,
    'civil-affairs': inCivil ? civil(inCivil) : silent,
    police: inPolice ? police(inPolice) : silent,
  };
  const [household] = await court.build({ ...cleanFamily, members: [{ ...applicant, answers }] });
  const evaluations = await court.evaluate([household!]);
  const request = { households: [household!], purpose: PURPOSE, asOf: TODAY, now: NOW, sources: court.engine.sources };
  const conflicts = await court.engine.conflicts(court.base.db.engine, request, evaluations);
  const disputed = disputedRules(court.engine.rules, evaluations[0]!).has('RR-28');
  return { outcome: evaluations[0]!.outcome[0], disputed, conflicts: conflicts.get(household!.householdId) ?? [] };
}

const [C, P, I] = ['CONTRADICTION', 'PASS', 'INCONCLUSIVE'] as const;

/** By hand: what comes of two words where neither, the first or the second prevails. */
describe.each([
  ['dead', 'dead', C, C, C],
  ['dead', 'alive', C, C, P],
  ['dead', 'silent', C, C, I],
  ['alive', 'dead', C, P, C],
  ['alive', 'alive', P, P, P],
  ['alive', 'silent', I, I, I],
  ['silent', 'dead', C, I, C],
  ['silent', 'alive', I, I, P],
  ['silent', 'silent', I, I, I],
] as const)('of whom civil affairs say %s and the police %s', (ofCivil, ofPolice, ...outcomes) => {
  it.each([
    [null, null, outcomes[0]],
    [0, 'civil-affairs', outcomes[1]],
    [1, 'police', outcomes[2]],
  ] as const)(
    'by precedence %s of %s, it is %s; where they differ, both words are shown',
    async (value, who, outcome) => {
      const found = await judged(ofCivil, ofPolice, value);
      const differ = [ofCivil, ofPolice].sort().join() === 'alive,dead';
      expect([found.outcome, found.disputed]).toEqual([outcome, differ && who === null]);
      const told = (source: string, word: Word) => ({
        ...{ source, value: word === 'dead' ? '2026-06-01' : null, answer: expect.any(String), asOf: expect.any(Date) },
      });
      const both = {
        ...{ rule: 'RR-28', fact: 'deceasedOn', person: expect.any(String), prevails: who, precedence: PRECEDENCE },
        told: [told('civil-affairs', ofCivil), told('police', ofPolice)],
      };
      expect(found.conflicts).toEqual(differ ? [both] : []);
    },
  );
});
