import type { ReportBody } from '../../schema/sharing/report-body';
import { checked } from '../support/checks';
import { forgetAnswers, honestFiles, officerOf, type File } from '../support/files';
import { forgetParameter } from '../support/parameters';
import { openRunningHub, type RunningHub } from '../support/running-hub';
import { lackingOfLast, openTasks } from './support/lacking';
import { findingIn, paperDesk, refusalOf, second } from './support/papers';

const PRECEDENCE = 'death-register.police-prevails';
const DIED = '2026-10-11';

let running: RunningHub;
let file: File;
let desk: ReturnType<typeof paperDesk>;
beforeAll(async () => {
  running = await openRunningHub(40);
  [file] = (await honestFiles(running)) as [File];
  desk = paperDesk(running);
  await running.world.owner.query('update civil.person set deceased_on = $2 where id_number = $1', [
    file.members[0]!.idNumber,
    DIED,
  ]);
});
afterAll(() => running.close());
beforeEach(async () => {
  await forgetParameter(running.base.owner, PRECEDENCE);
  await forgetAnswers(running);
});

const prevails = (value: number) =>
  running.base.owner.query(
    `insert into parameter (id, code, value, unit, document_number, mark, valid_from, known_from)
     values (gen_random_uuid(), $1, $2, 'flag', '某民发〔2026〕3号', 'LOCAL', '2026-01-01', '2026-01-01')`,
    [PRECEDENCE, value],
  );
const BOTH = `query ($id: ID!) { crossCheck(id: $id) { households { nodes { report { findings { rule outcome
  parameters { code documentNumber mark } conflict { fact personId prevails precedence told { source answerId value asOf } } } } } } } }`;
interface Both {
  readonly rule: string;
  readonly outcome: string;
  readonly parameters: readonly { readonly code: string; readonly documentNumber: string; readonly mark: string }[];
  readonly conflict: readonly {
    readonly personId: string;
    readonly prevails: string | null;
    readonly told: readonly { readonly source: string; readonly answerId: string; readonly value: string | null }[];
  }[];
}
const judged = async () => {
  const { id, body } = await checked(running, officerOf(file), file.householdId);
  const { data } = await running.ask<{
    crossCheck: { households: { nodes: { report: { findings: Both[] } }[] } };
  }>(officerOf(file), BOTH, { variables: { id } });
  const shown = data.crossCheck.households.nodes[0]!.report.findings;
  return { id, body, finding: shown.find(({ rule }) => rule === 'RR-28')! };
};
const answerOf = ({ sources }: ReportBody, source: string) =>
  sources.find((each) => each.source === source)!.members.find(({ person }) => person === file.members[0]!.id)!;

describe('two sources that differ on a fact', () => {
  it('are in conflict: both words with their times, no silent choice, and a task for both', async () => {
    const { body, finding } = await judged();
    expect([body.conclusion, body.schema, finding.outcome]).toEqual([
      ...['PENDING_EVIDENCE', 'anju/cross-check-report/3', 'CONFLICT'],
    ]);
    const [told, registered] = ['civil-affairs', 'police'].map((source) => answerOf(body, source));
    expect(finding.conflict).toEqual([
      {
        ...{ fact: 'deceasedOn', personId: file.members[0]!.id, prevails: null, precedence: PRECEDENCE },
        told: [
          { source: 'civil-affairs', answerId: told!.answer, value: DIED, asOf: told!.asOf },
          { source: 'police', answerId: registered!.answer, value: null, asOf: registered!.asOf },
        ],
      },
    ]);
    expect(await desk.openTasks(file)).toEqual(['CONFLICT civil-affairs', 'CONFLICT police']);
    expect(await openTasks(running.base.owner)).toEqual(await lackingOfLast(running.base.owner));
    for (const verdict of ['APPROVE', 'REFUSE']) {
      const { rows } = await running.base.owner.query<{ hash: string }>(
        'select hash from case_report where case_id = $1',
        [file.caseId],
      );
      const asked = { caseId: file.caseId, report: rows[0]!.hash, verdict };
      expect(refusalOf(await desk.decide(officerOf(file), asked))).toEqual(['DECISION_UNFOUNDED verdict']);
    }
  });

  it.each([
    [0, 'civil-affairs', 'CONTRADICTION', 'PENDING_EVIDENCE'],
    [1, 'police', 'PASS', 'ELIGIBLE'],
  ])(
    'follow the rule of precedence in force (%i, %s) with its document, and still show both',
    async (value, who, outcome, conclusion) => {
      await prevails(value);
      const { body, finding } = await judged();
      expect([body.conclusion, finding.outcome]).toEqual([conclusion, outcome]);
      expect(finding.conflict).toMatchObject([{ prevails: who, told: [{ value: DIED }, { value: null }] }]);
      expect(finding.parameters).toContainEqual({
        code: PRECEDENCE,
        documentNumber: '某民发〔2026〕3号',
        mark: 'LOCAL',
      });
      expect(await desk.openTasks(file)).toEqual([]);
    },
  );

  it('may be settled by two officers with a document', async () => {
    const { id } = await judged();
    const { data, errors } = await desk.add(file, { rule: 'RR-28', documentKind: 'VISIT' });
    expect(errors).toEqual([]);
    await desk.confirm(second(file), { id: data.addEvidence.id });
    const report = await desk.report(file, id);
    expect([report.conclusion, findingIn(report, 'RR-28').outcome]).toEqual(['ELIGIBLE', 'PASS_BY_EVIDENCE']);
    expect(await desk.openTasks(file)).toEqual([]);
    await desk.withdraw(officerOf(file), { id: data.addEvidence.id, reason: '重新核对' });
    await desk.quiet();
  });

  it('and agree again are no conflict: the report has its usual format', async () => {
    await running.world.owner.query('update civil.person set deceased_on = null where id_number = $1', [
      file.members[0]!.idNumber,
    ]);
    const { body, finding } = await judged();
    expect([body.conclusion, body.schema, finding.outcome, finding.conflict]).toEqual([
      ...['ELIGIBLE', 'anju/cross-check-report/2', 'PASS', null],
    ]);
  });
});
