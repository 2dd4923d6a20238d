import { runSeed } from '../support/seed';
import { openStage, type Stage } from './stage';

/** CROSS_CHECK_TRUTH_HOUSEHOLDS: how many are generated and judged. */
const HOUSEHOLDS = Number(process.env.CROSS_CHECK_TRUTH_HOUSEHOLDS ?? 5000);

interface Judged {
  readonly plant: string;
  readonly fileNumber: string;
  readonly expected: Record<string, string>;
  readonly found: Record<string, string>;
}

describe(`the confusion matrix over ${HOUSEHOLDS} households with planted frauds`, () => {
  let stage: Stage;
  let judged: Judged[];

  beforeAll(async () => {
    stage = await openStage(HOUSEHOLDS);
    await stage.work();
    for (const region of ['15', '45']) await crossCheckAll(stage, region);
    judged = await verdicts(stage);
    process.stderr.write(`${matrix(judged)}\n`);
  }, 300_000);
  afterAll(() => stage.close());

  const differing = (those: (one: Judged) => boolean) =>
    judged.filter(those).flatMap(({ plant, fileNumber, expected, found }) =>
      Object.keys({ ...expected, ...found })
        .filter((rule) => expected[rule] !== found[rule])
        .map((rule) => `${plant} ${fileNumber} ${rule}: expected ${expected[rule]}, found ${found[rule]}`),
    );

  it('judges every household', () => expect(judged).toHaveLength(HOUSEHOLDS));
  it('finds every planted fraud, and says of every near miss what a right judge says', () =>
    expect(differing(({ plant }) => plant !== 'CLEAN')).toEqual([]));
  it('accuses nobody on the clean set', () => expect(differing(({ plant }) => plant === 'CLEAN')).toEqual([]));
});

async function crossCheckAll(stage: Stage, region: string): Promise<void> {
  const { rows } = await stage.base.owner.query<{ id: string }>(
    'select id from household where region_code like $1 order by id',
    [`${region}%`],
  );
  const ids = rows.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += 10_000) {
    await stage.completed(await stage.request(stage.as(region), { households: ids.slice(from, from + 10_000) }));
  }
}

/** The truth beside the final report's findings, per household. */
async function verdicts({ base, world }: Stage): Promise<Judged[]> {
  const truth = await world.owner.query<{
    household_id: string;
    file_number: string;
    plant: string;
    expected: Record<string, string>;
  }>('select household_id, file_number, plant, expected from world.truth');
  const reports = await base.owner.query<{ household_id: string; body: string }>(
    'select distinct on (household_id) household_id, body from report where final order by household_id, version desc',
  );
  const found = new Map(reports.rows.map(({ household_id, body }) => [household_id, outcomes(body)]));
  return truth.rows.map(({ household_id, file_number, plant, expected }) => ({
    plant,
    fileNumber: file_number,
    expected,
    found: found.get(household_id) ?? {},
  }));
}

function outcomes(body: string): Record<string, string> {
  const { findings } = JSON.parse(body) as { findings: { rule: string; outcome: string }[] };
  /* A death that one source has on record and the other has not: the report says that it is between the two of them. */
  return Object.fromEntries(
    findings.map(({ rule, outcome }) => [rule, outcome === 'CONFLICT' ? 'CONTRADICTION' : outcome]),
  );
}

const accuses = (found: Record<string, string>) =>
  Object.values(found).some((outcome) => outcome === 'FAIL' || outcome === 'CONTRADICTION');

/** Per kind of plant: how many should be accused and how many are, how many verdicts agree and how many do not. */
function matrix(judged: readonly Judged[]): string {
  const header = [
    'plant',
    'households',
    'guilty found',
    'guilty missed',
    'innocent cleared',
    'innocent accused',
    'verdicts right',
    'verdicts wrong',
  ];
  const lines = [...new Set(judged.map(({ plant }) => plant))].sort().map((plant) => {
    const those = judged.filter((one) => one.plant === plant);
    const count = (guilty: boolean, accused: boolean) =>
      those.filter(({ expected, found }) => accuses(expected) === guilty && accuses(found) === accused).length;
    const pairs = those.flatMap(({ expected, found }) =>
      Object.keys(expected).map((rule) => expected[rule] === found[rule]),
    );
    return [
      plant,
      those.length,
      count(true, true),
      count(true, false),
      count(false, false),
      count(false, true),
      pairs.filter(Boolean).length,
      pairs.filter((right) => !right).length,
    ];
  });
  const rows = [header, ...lines].map((line) => line.map(String));
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const text = rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
    )
    .join('\n');
  return `confusion matrix, seed ${runSeed()}\n${text}`;
}
