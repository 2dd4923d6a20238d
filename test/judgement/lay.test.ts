import fc from 'fast-check';
import { lay, type SettledOutcome } from '../../src/jobs/cross-check/lay';
import type { Contest, Paper } from '../../src/jobs/cross-check/evidence-of-officers';
import type { Conclusion } from '../../src/engine/evaluate';
import type { Finding } from '../../src/engine/finding';
import type { Outcome } from '../../src/engine/matter';
import { rules } from '../../src/rules';
import { PaperKind } from '../../schema/sharing/paper-evidence';
import { seedProperties } from '../support/seed';

seedProperties();

const OUTCOMES: readonly Outcome[] = ['PASS', 'FAIL', 'CONTRADICTION', 'INCONCLUSIVE', 'NOT_APPLICABLE'];
/** Sources do not differ. */
const AGREED = { conflicts: [], disputed: new Set<string>() };
const MEMBERS = ['applicant', 'second', 'third'];
/** When papers were brought there was no third. */
const HOUSEHOLD = ['applicant', 'second'];
/** Of domain.md §13 and issue 4, by hand. */
const PROHIBITIONS = ['RR-01', 'RR-03', 'RR-12'];
const DUTIES = ['RR-35'];
const OF_THE_APPLICANT = ['RR-05', 'RR-09', 'RR-16'];

const findingOf = (rule: string, outcome: Outcome): Finding => ({
  ...{ rule, title: rule, citation: ['x'], outcome, observed: null, threshold: null, unit: null },
  ...{ sentence: `${rule} ${outcome}`, evidence: ['answer'], missing: [], parameters: [] },
});
const paperOf = (rule: string, person: string | null, at: number): Paper => ({
  ...{
    id: `${at}`,
    rule,
    person,
    persons: person ? [person] : [...HOUSEHOLD],
    documentKind: PaperKind.CERTIFICATE,
    documentNumber: `${at}`,
    issuedBy: '某局',
  },
  ...{ validUntil: '2099-01-01', addedBy: 'one', confirmedBy: 'two', confirmedAt: new Date(0) },
});

const contestOf = (rule: string, at: number): Contest => ({
  ...{ id: `contest ${at}`, rule, source: 'vehicle', person: 'second', answer: 'answer', claimed: '无' },
  ...{ filedOn: '2026-11-29', contestedBy: 'one', contestedAt: new Date(0) },
});

/** Findings of every rule, contests of some, and papers about whatever, prohibitions included. */
const story = fc.record({
  outcomes: fc.array(fc.constantFrom(...OUTCOMES), { minLength: rules.length, maxLength: rules.length }),
  contested: fc.subarray(rules.map(({ code }) => code)),
  papers: fc.array(fc.tuple(fc.constantFrom(...rules.map(({ code }) => code)), fc.constantFrom(null, ...MEMBERS)), {
    minLength: 1,
    maxLength: 30,
  }),
});

const OPEN: readonly SettledOutcome[] = ['INCONCLUSIVE', 'CONTRADICTION', 'IN_DOUBT'];
const concluded = (outcomes: readonly SettledOutcome[]): Conclusion => {
  const weighing = outcomes.filter((_, at) => !DUTIES.includes(rules[at]!.code));
  if (weighing.includes('FAIL')) return 'INELIGIBLE_PROPOSED';
  const open = weighing.some((outcome) => OPEN.includes(outcome));
  return open ? 'PENDING_EVIDENCE' : 'ELIGIBLE';
};

describe('what officers hold, laid over what was found', () => {
  it('passes what is open and spoken for, nothing that failed and no prohibition, holds in doubt what is contested, and is never among the answers', () => {
    let passed = 0;
    fc.assert(
      fc.property(story, ({ outcomes, contested, papers: given }) => {
        const findings = rules.map(({ code }, at) => findingOf(code, outcomes[at]!));
        const papers = given.map(([rule, person], at) => paperOf(rule, person, at));
        const contests = contested.map(contestOf);
        const judged = { findings, conclusion: concluded(outcomes), members: MEMBERS, ...AGREED };
        const settled = lay(rules, judged, { applicant: 'applicant', papers, contests });
        const expected = rules.map(({ code }, at): SettledOutcome => {
          const recorded = outcomes[at]!;
          const outcome = contested.includes(code) && recorded !== 'NOT_APPLICABLE' ? 'IN_DOUBT' : recorded;
          const about = papers.filter(({ rule }) => rule === code).map(({ person }) => person);
          const people = OF_THE_APPLICANT.includes(code) ? ['applicant'] : MEMBERS;
          const spoken = people.every((one) => about.includes(one) || (about.includes(null) && one !== 'third'));
          const passes = OPEN.includes(outcome) && recorded !== 'FAIL' && spoken && !PROHIBITIONS.includes(code);
          return passes ? 'PASS_BY_EVIDENCE' : outcome;
        });
        expect(settled.findings.map(({ outcome }) => outcome)).toEqual(expected);
        expect(settled.conclusion).toBe(concluded(expected));
        expect(settled.findings.map(({ evidence }) => evidence)).toEqual(findings.map(() => ['answer']));
        expect(settled.laid).toEqual([...papers, ...contests].map(({ id }) => id));
        passed += expected.filter((outcome) => outcome === 'PASS_BY_EVIDENCE').length;
      }),
      { numRuns: 300 },
    );
    expect(passed).toBeGreaterThan(25); // with each rule there is, papers hit one less often
  });

  it('leaves the engine’s word as it is where there is nothing', () => {
    const findings = rules.map(({ code }) => findingOf(code, 'INCONCLUSIVE'));
    const settled = lay(rules, { findings, conclusion: 'PENDING_EVIDENCE', members: MEMBERS, ...AGREED });
    expect(settled).toEqual({
      findings: findings.map((finding) => ({
        ...finding,
        recorded: 'INCONCLUSIVE',
        papers: [],
        contests: [],
        conflicts: [],
      })),
      ...{ conclusion: 'PENDING_EVIDENCE', laid: [], beside: false },
    });
  });

  it('is refused by exactly the rules that are marked as prohibitions', () => {
    expect(rules.filter(({ prohibition }) => prohibition).map(({ code }) => code)).toEqual(PROHIBITIONS);
  });
});
