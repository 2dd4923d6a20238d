import { openStage, householdsIn, type Stage } from './stage';
describe('try', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await openStage(40)), 60000);
  afterAll(() => stage.close());
  it('runs', async () => {
    const ids = await householdsIn(stage, '15', 3);
    console.log(ids);
    await stage.work();
    const t = Date.now();
    const id = await stage.request(stage.as('15'), { households: ids });
    await stage.completed(id);
    console.log(Date.now() - t, 'ms');
    const { rows } = await stage.base.owner.query('select version, final, at, body from report where cross_check_id = $1 order by household_id, version', [id]);
    console.log(rows.map((r) => [r.version, r.final, r.at]));
    console.log(JSON.stringify(JSON.parse(rows[0].body), null, 1));
  });
});
