import { unverified } from '../../src/store/admission/verified';
import { AdmissionFlow } from '../../schema/admission/application';
import type { ReportBody } from '../../schema/sharing/report-body';

const SOURCES = ['property', 'civil-affairs', 'provident-fund', 'police', 'vehicle'];
const member = (person: string, status: string) =>
  ({ person, status }) as ReportBody['sources'][number]['members'][number];
const reported = (change: Readonly<Record<string, readonly string[]>> = {}, findings: object[] = []): ReportBody =>
  ({
    sources: SOURCES.map((source) => ({
      source,
      asked: true,
      members: (change[source] ?? ['FOUND', 'NOT_FOUND']).map((status, at) => member(`m${at}`, status)),
    })),
    findings,
  }) as unknown as ReportBody;
const { COUNTY_FLOW, DISTRICTED_FLOW } = AdmissionFlow;

describe('what the last review has to verify', () => {
  it('is verified when every source has told of every member', () => {
    expect(unverified(reported(), COUNTY_FLOW)).toBe('');
    expect(unverified(reported(), DISTRICTED_FLOW)).toBe('');
  });

  it.each([
    'PENDING',
    'UNAVAILABLE',
    'REFUSED',
    'STALE',
    'AMBIGUOUS',
    'CONFLICT',
    'IN_DOUBT',
    'NOT_COVERED',
    'NOT_ASKED',
  ])('is not where a source says %s of one member, who is named and the others are not', (status) => {
    expect(unverified(reported({ vehicle: ['FOUND', status] }), DISTRICTED_FLOW)).toBe('尚未核实：车辆（成员 m1）');
  });

  it('is not where nobody asked, or there is no report at all', () => {
    expect(unverified(reported({ police: [] }), COUNTY_FLOW)).toBe('尚未核实：户籍');
    expect(unverified(undefined, COUNTY_FLOW)).toBe('尚未核实：住房；收入；公积金；户籍；车辆');
    expect(unverified(undefined, DISTRICTED_FLOW)).toBe('尚未核实：住房；公积金；户籍；车辆');
  });

  it('leaves income in a city of districts to the review before', () => {
    const report = reported({ 'civil-affairs': ['UNAVAILABLE', 'UNAVAILABLE'] });
    expect(unverified(report, DISTRICTED_FLOW)).toBe('');
    expect(unverified(report, COUNTY_FLOW)).toBe('尚未核实：收入（成员 m0、m1）');
  });

  it('is verified by paper that two officers have put in the place of the answer, of that source and that member alone', () => {
    const paper = { outcome: 'PASS_BY_EVIDENCE', missing: [{ source: 'vehicle', person: 'm0' }] };
    const silent = { vehicle: ['UNAVAILABLE', 'FOUND'], police: ['UNAVAILABLE', 'FOUND'] };
    expect(unverified(reported(silent, [paper]), COUNTY_FLOW)).toBe('尚未核实：户籍（成员 m0）');
    const both = { vehicle: ['UNAVAILABLE', 'UNAVAILABLE'] };
    expect(unverified(reported(both, [paper]), COUNTY_FLOW)).toBe('尚未核实：车辆（成员 m1）');
  });
});
