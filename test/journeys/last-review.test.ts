import { admission, staffOf } from '../admission/office-of';
import { UNCOUNTED } from '../server/support/stage';
import { honestFiles, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';

const DAY_MS = 86_400_000;

let ahead = 0;
let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub(400, UNCOUNTED, () => new Date(Date.now() + ahead));
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  files = await honestFiles(running);
});
afterAll(() => running.close());
/* Recognitions of the demonstration's people run out by and by. */
beforeEach(() => void (ahead = 0));

/** By hand, from the two texts: what the last review verifies, by the agency that knows. */
const MATTERS: Readonly<Record<string, string>> = {
  ...{ property: '住房', 'civil-affairs': '收入', 'provident-fund': '公积金', police: '户籍', vehicle: '车辆' },
};
/** Silent until the last review. In a district the review before it rests on the others. */
const SILENT: Readonly<Record<string, readonly string[]>> = {
  COUNTY: ['property', 'civil-affairs', 'provident-fund', 'police', 'vehicle'],
  DISTRICT: ['police', 'vehicle'],
};

const passDays = (days: number): void => void (ahead += days * DAY_MS);

describe('the last review', () => {
  it.each(['COUNTY', 'DISTRICT'])(
    'of a %s names every matter that is not verified, with the members nobody has told of, and passes when the last of them is; what all bodies said stands on this case and on no other [IM-3.1] [IM-3.C6] [IM-3.D6]',
    async (kind) => {
      const isDistrict = ({ region }: File) => running.hub.regions.find(region)!.divisionKind === 'DISTRICT';
      const [file, other] = files.filter((each) => isDistrict(each) === (kind === 'DISTRICT')) as [File, File];
      const office = admission(running);
      const { committee, street, county, city, civil } = staffOf(file, running);
      const [first, second, last] = kind === 'COUNTY' ? [committee, street, county] : [street, county, city];
      const silent = [...SILENT[kind]!];
      for (const agency of silent) await running.sandbox.control.set(agency, { mode: 'down' });
      const { id } = await office.begins(first, file);
      for (const verb of ['submitApplication', 'acceptApplication']) await office.does(first, verb, id);
      for (const reviewer of [first, second]) {
        const onReport = kind === 'DISTRICT' && reviewer === second;
        if (onReport) await office.does(civil, 'giveOpinion', id, office.opinion('CIVIL_AFFAIRS'));
        const review = { opinion: '属实', ...(onReport ? { report: await office.report(county, file) } : {}) };
        await office.does(reviewer, 'passReview', id, review);
        await office.does(reviewer, 'postPublicity', id, { place: '公告栏' });
        passDays(8);
        await office.periodEnds(county, id);
        await office.does(reviewer, 'clearPublicity', id);
      }
      if (kind === 'COUNTY') await office.does(civil, 'giveOpinion', id, office.opinion('CIVIL_AFFAIRS'));
      await office.does(last, 'giveOpinion', id, office.opinion('PUBLIC_SECURITY'));
      const review = async () => ({ opinion: '属实', report: await office.report(county, file) });
      const members = file.members.map((member) => member.id).sort();
      while (silent.length > 0) {
        const { errors } = await office.act(last, 'passReview', id, await review());
        expect(errors.map(({ extensions: { code, field } }) => `${code} ${field}`)).toEqual([
          'DECISION_UNFOUNDED report',
        ]);
        const [, said] = /尚未核实：(.*)$/.exec(errors[0]!.message)!;
        const named = said!.split('；').map((matter) => {
          const [, title, whom] = /^(.*)（成员 (.*)）$/.exec(matter)!;
          return [title, whom!.split('、').sort()];
        });
        expect(named.sort()).toEqual(silent.map((agency) => [MATTERS[agency], members]).sort());
        await running.sandbox.control.set(silent.shift()!, { mode: 'ok' });
        passDays(1); // and it is asked again
      }
      const passed = await office.does(last, 'passReview', id, await review());
      expect(passed).toMatchObject({ state: 'PUBLICITY_PENDING', round: 3 });
      const { steps } = await office.whole(last, id);
      const said = steps.filter(({ kind: step }) => step === 'PASS' || step === 'OPINION');
      expect(said.map(({ kind: step, role }) => `${step} ${role}`)).toEqual(
        kind === 'COUNTY'
          ? [
              'PASS COMMUNITY_WORKER',
              'PASS STREET_OFFICER',
              'OPINION CIVIL_AFFAIRS',
              'OPINION COUNTY_HOUSING',
              'PASS COUNTY_HOUSING',
            ]
          : [
              'PASS STREET_OFFICER',
              'OPINION CIVIL_AFFAIRS',
              'PASS COUNTY_HOUSING',
              'OPINION CITY_HOUSING',
              'PASS CITY_HOUSING',
            ],
      );
      const ofOther = staffOf(other, running);
      const beside = (await office.start(kind === 'COUNTY' ? ofOther.committee : ofOther.street, other)).data;
      expect((await office.whole(ofOther.city, beside.startApplication.id)).steps).toEqual([]);
    },
    60_000,
  );
});
