import type { Household, Human, Unit, Vehicle } from './draft';
import { addDays } from './calendar';
import { limitOf } from './law';
import type { Random } from './random';

/** Wages come in hundreds of yuan: times a ratio in basis points they give whole fen, and can be read back exactly. */
export const WAGE_STEP = 10_000;

const CARS = ['五菱宏光', '哈弗H6', '吉利帝豪', '比亚迪秦', '长安CS75', '奇瑞瑞虎', '荣威i5', '宝骏510'];

/** Gives a drafted household an honest living: income, fund, determination, small property, a car. All limits are kept with room. */
export function settle(household: Household, today: string, random: Random): void {
  earn(household, random);
  determine(household, today, random);
  if (random.chance(0.15)) ownLittle(household, today, random);
  if (random.chance(0.25)) adultOf(household, random).vehicles.push(car(random.int(20, 90) * 100_000, today, random));
}

export const applicantOf = ({ members }: Household): Human =>
  members.find(({ relation }) => relation === 'APPLICANT')!.human;

const workers = ({ members }: Household) =>
  members.filter(({ relation }) => relation === 'APPLICANT' || relation === 'SPOUSE').map(({ human }) => human);
const adultOf = (household: Household, random: Random) => random.pick(workers(household));

function earn(household: Household, random: Random): void {
  const { members, programme, county } = household;
  const limit = limitOf('income.per-head-monthly-fen', county, programme);
  const income = Math.round((limit * random.int(40, 88) * members.length) / 100 / WAGE_STEP) * WAGE_STEP;
  if (random.chance(0.4)) return live(household, income); // from odd jobs, without a fund account
  const [first, second] = workers(household);
  if (second && random.chance(0.5) && income >= 2 * WAGE_STEP) {
    const share = Math.ceil((income * random.int(30, 70)) / 100 / WAGE_STEP) * WAGE_STEP;
    employ(
      household,
      [
        [first!, share],
        [second, income - share],
      ],
      random,
    );
  } else employ(household, [[first!, income]], random);
  household.declaredIncomeFen = Math.round((income * random.int(940, 1060)) / 1000);
}

function live(household: Household, incomeFen: number): void {
  household.declaredIncomeFen = incomeFen;
  household.expected['RR-10'] = 'NOT_APPLICABLE';
}

/** Makes these the only members with fund accounts, at these monthly wages (multiples of WAGE_STEP; none is no account). */
export function employ(household: Household, wages: readonly (readonly [Human, number])[], random: Random): void {
  for (const { human } of household.members) human.account = null;
  for (const [human, wageFen] of wages) {
    if (wageFen > 0) human.account = { wageFen, ratioBp: random.int(5, 12) * 100, monthsPaid: random.int(6, 200) };
  }
  household.expected['RR-10'] = 'PASS';
}

function determine(household: Household, today: string, random: Random): void {
  const { civil } = applicantOf(household);
  civil.perHeadMonthlyFen = Math.floor(household.declaredIncomeFen / household.members.length);
  civil.determinationValidUntil = addDays(today, random.int(30, 330));
  civil.incomeClass = household.programme === 'LOW_RENT' ? 'LOW_INCOME' : 'LOWER_MIDDLE_INCOME';
  if (household.programme !== 'LOW_RENT' || !random.chance(0.2)) return;
  civil.allowanceClass = random.pick(['SUBSISTENCE', 'MARGINAL'] as const);
  civil.allowanceValidUntil = addDays(today, random.int(30, 330));
}

/** A few square metres a head, whole or held in halves by a couple. */
function ownLittle(household: Household, today: string, random: Random): void {
  const flat = unit(household.county, household.members.length * random.int(300, 850), today, random);
  const [first, second] = workers(household);
  if (second && random.chance(0.5)) {
    for (const holder of [first!, second]) holder.units.push({ ...flat, shareBp: 5000 });
  } else first!.units.push(flat);
}

const digits = (count: number, random: Random) => String(random.int(0, 10 ** count - 1)).padStart(count, '0');

/** A whole unit. `centiares` are hundredths of a square metre. Unit code after GB/T 37346. */
export function unit(county: string, centiares: number, today: string, random: Random): Unit {
  return {
    unitCode: `${county}${digits(6, random)}GB${digits(5, random)}F${digits(8, random)}`,
    centiares,
    areaKind: random.chance(0.9) ? 'GROSS' : 'USABLE',
    shareBp: 10_000,
    registeredOn: addDays(today, -random.int(400, 6000)),
  };
}

export function car(priceFen: number | null, today: string, random: Random, brandModel = random.pick(CARS)): Vehicle {
  return { brandModel, priceFen, status: 'NORMAL', firstRegisteredOn: addDays(today, -random.int(100, 4000)) };
}
