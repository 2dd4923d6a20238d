import fc from 'fast-check';
import { connectors } from '../../connectors';
import { property } from '../../connectors/property/connector';
import type { RawAnswer } from '../../src/exchange/connector';
import { factsOf } from '../../src/exchange/fact';
import { covers, verify } from '../../src/exchange/verify';
import { days } from '../../src/exchange/time';
import { seedProperties } from '../support/seed';

seedProperties();

const NOW = new Date('2026-11-22T02:00:00Z');
const EXPECTED = { record: property.record, fields: ['ownedAreaCm2'], maxAge: days(30), now: NOW, retryAt: NOW };
const person = (ref: string, idNumber: string) => ({
  ref,
  idNumber,
  name: 'n',
  caseId: 'c',
  letterId: 'l',
  regionCode: '150402',
});
const PEOPLE = [person('a', '11010519491231002X'), person('b', '440524188001010014')];

const NUMBERS = PEOPLE.map(({ idNumber }) => idNumber);
const rawAnswer: fc.Arbitrary<RawAnswer> = fc.record({
  ref: fc.constantFrom('a', 'b', 'c'),
  idNumber: fc.oneof(fc.constantFrom(...NUMBERS, 110105194912310020), fc.jsonValue()),
  status: fc.constantFrom('FOUND' as const, 'NOT_FOUND' as const, 'AMBIGUOUS' as const),
  value: fc.oneof(fc.constant(null), fc.record({ ownedAreaCm2: fc.nat() }), fc.jsonValue()),
  sourceRecordId: fc.constant(null),
  asOf: fc.date({ min: new Date('2025-01-01'), max: new Date('2027-01-01'), noInvalidDate: false }),
  coverage: fc.record({ regions: fc.subarray(['15', '45']), from: fc.constant('2000-01-01'), to: fc.constant(null) }),
});

describe('verifying what an agency said', () => {
  it('finds something of a person only by the one right answer about that person', () => {
    fc.assert(
      fc.property(fc.array(rawAnswer, { maxLength: 4 }), (answers) => {
        const findings = verify(PEOPLE, answers, EXPECTED);
        expect([...findings.keys()]).toEqual(['a', 'b']);
        for (const { ref, idNumber } of PEOPLE) {
          const mine = answers.filter((answer) => answer.ref === ref);
          const finding = findings.get(ref)!;
          if (finding.status === 'UNAVAILABLE') continue;
          expect(mine).toHaveLength(1);
          expect(mine[0]).toMatchObject({ idNumber, status: finding.status });
          expect(finding.asOf!.getTime()).toBeLessThanOrEqual(NOW.getTime() + 300_000);
          expect(finding.value).toEqual(finding.status === 'FOUND' ? { ownedAreaCm2: expect.any(Number) } : undefined);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no value of any shape for a record of any agency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...connectors), fc.jsonValue(), ({ record, maxAge }, value) => {
        const answer: RawAnswer = { ...ANSWER, value: value ?? {} };
        const fields = [...factsOf(record).keys()];
        expect(verify([PEOPLE[0]!], [answer], { ...EXPECTED, record, fields, maxAge }).get('a')!.status).toBe(
          'UNAVAILABLE',
        );
      }),
    );
  });

  it.each([
    ['15', '150402', true],
    ['1504', '150402', true],
    ['150402', '1504', false],
    ['45', '150402', false],
  ])('a source that declares %s %s knows of %s: %s', (declared, region, covered) => {
    expect(covers({ regions: [declared], from: '2000-01-01', to: null }, region, NOW)).toBe(covered);
  });

  it('covers no day before or after the declared ones', () => {
    const on = (day: string) =>
      covers({ regions: ['15'], from: '2026-01-02', to: '2026-03-04' }, '15', new Date(`${day}T00:00:00+08:00`));
    expect(['2026-01-01', '2026-01-02', '2026-03-04', '2026-03-05'].map(on)).toEqual([false, true, true, false]);
  });
});

const ANSWER: RawAnswer = {
  ref: 'a',
  idNumber: NUMBERS[0],
  status: 'FOUND',
  value: {},
  sourceRecordId: null,
  asOf: new Date('2026-11-21T00:00:00Z'),
  coverage: { regions: ['15'], from: '2000-01-01', to: null },
};
