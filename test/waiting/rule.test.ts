import { recomputeQueues } from '../../src/jobs/recompute-queues';
import { soundFile } from '../../src/cli/parameters/load';
import { makeLog } from '../../src/log';
import { ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { approvedIn, waits } from './queue-of';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());
beforeEach(() =>
  office.rows(
    'truncate waiting_difference, waiting_rank, waiting_exception, waiting_step, waiting_list_entry, waiting_queue cascade',
  ),
);

const night = () => recomputeQueues.run({}, { ...office.hub, log: makeLog('silent') }, new AbortController().signal);

interface Factor {
  readonly areaCm2?: number;
  readonly incomeFen?: number;
  readonly choiceMet?: boolean;
  readonly on?: string;
}
async function add(programme: string, { on = '2024-01-15', choiceMet, ...factors }: Factor): Promise<string> {
  const { id } = await office.home(ONGNIUD);
  const same = { areaCm2: 90_000, incomeFen: 50_000 };
  const about = await approvedIn(office.base, ONGNIUD, id, { on, programme });
  const entry = await waits(office.base, about, { ...same, ...factors });
  await office.rows('update waiting_list_entry set choice_met = $2 where id = $1', [entry, choiceMet ?? false]);
  return entry;
}
const places = async () =>
  (await office.rows<{ id: string }>('select entry_id as id from waiting_rank order by rank')).map(({ id }) => id);

/** As if the region had never set this number, while something runs. */
async function without(code: string, run: () => Promise<void>): Promise<void> {
  const renamed = (from: string, to: string) =>
    office.rows(`update parameter set code = $2 where code = $1 and region_code = '15'`, [from, to]);
  await office.rows('alter table parameter disable trigger only_grows');
  await renamed(code, 'waiting.gone');
  await run().finally(async () => {
    await renamed('waiting.gone', code);
    await office.rows('alter table parameter enable trigger only_grows');
  });
}

/** Words of the clause: housing difficulty, income, time; of dwellings location and unit type, of subsidies the funds. */
const FACTORS: readonly (readonly [code: string, programme: string, first: Factor, second: Factor])[] = [
  ['waiting.points-housing', 'LOW_RENT', { areaCm2: 60_000 }, { areaCm2: 120_000 }],
  ['waiting.points-income', 'LOW_RENT', { incomeFen: 10_000 }, { incomeFen: 60_000 }],
  ['waiting.points-year', 'LOW_RENT', { on: '2022-01-15' }, { on: '2024-01-15' }],
  ['waiting.points-choice', 'LOW_RENT', { choiceMet: true }, { choiceMet: false }],
  ['waiting.points-funds', 'RENTAL_SUBSIDY', { choiceMet: true }, { choiceMet: false }],
];

describe('a rule of the queue', () => {
  it.each(FACTORS)(
    'without %s is no rule: nobody gets a place by it (%s); with it, of two that differ in nothing else the needier comes first [GX-6.2.1(2)]',
    async (code, programme, first, second) => {
      const [behind, ahead] = [await add(programme, second), await add(programme, first)];
      await without(code, async () => {
        await night();
        expect(await places()).toEqual([]);
      });
      await night();
      expect(await places()).toEqual([ahead, behind]);
    },
  );

  it('takes no factor that the law does not name: its number is refused, and written past that it moves nobody [GX-6.2.1(2)]', async () => {
    const line =
      'code,region,programme,value,unit,document,mark,from\nwaiting.points-luck,15,all,500,point,示例〔2026〕1号,LOCAL,2026-01-01\n';
    const load = soundFile(office.base.owner as never, { file: 'numbers.csv', text: line, sources: [] });
    await expect(load).rejects.toThrow("unknown code 'waiting.points-luck'");
    const [behind, ahead] = [await add('LOW_RENT', { areaCm2: 120_000 }), await add('LOW_RENT', {})];
    await office.rows(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'waiting.points-luck', '15', 500, 'point', '示', 'LOCAL', '2026-01-01', '2026-01-01')`,
    );
    await night();
    expect(await places()).toEqual([ahead, behind]);
    const [{ rule }] = (await office.rows<{ rule: object }>('select rule from waiting_queue')) as [{ rule: object }];
    expect(Object.keys(rule).sort()).toEqual([
      'areaLimitCm2',
      'choice',
      'form',
      'funds',
      'housing',
      'income',
      'incomeLimitFen',
      'parameters',
      'year',
    ]);
  });
});
