import { Client } from 'pg';
import { checkCharacter } from '../access/identity';

const FIRST_17 = '11010119000101001';

/** 对照记录 of the sandbox: made up, of a county from which no household comes, on record with every agency. */
export const CONTROL_PERSON = { idNumber: FIRST_17 + checkCharacter(FIRST_17), name: '安对照' };

/** As `<AGENCY>_CONTROL` has it. */
export const CONTROL_SETTING = `${CONTROL_PERSON.idNumber} ${CONTROL_PERSON.name}`;

const RECORDS = [
  `insert into property.unit select $1, $2, '110101001001GB00001F00010001', '110101', 50, 'GROSS', 'OWNERSHIP', 10000, '2001-01-01'
   where not exists (select from property.unit where id_number = $1)`,
  `insert into vehicle.vehicle select $1, $2, '京A00000', '02', 'CONTROL', '对照', '2001-01-01', 'NORMAL', 1
   where not exists (select from vehicle.vehicle where id_number = $1)`,
  `insert into civil.person (id_number, name, marriage_status, allowance_class, income_class) values ($1, $2, 'UNMARRIED', 'NONE', 'NONE')
   on conflict do nothing`,
  `insert into fund.account values ($1, $2, 'ACTIVE', 1, 1, 500, 1, '2001-01') on conflict do nothing`,
  `insert into police.person (id_number, name, hukou_place, hukou_kind, hukou_since) values ($1, $2, '110101', 'HOUSEHOLD', '2001-01-01')
   on conflict do nothing`,
];

/** Puts the control on record with every agency of a world, one filled before there was a control too. */
export async function putControlOnRecord(worldUrl: string): Promise<void> {
  const world = new Client({ connectionString: worldUrl });
  await world.connect();
  try {
    const { rows } = await world.query<{ filled: boolean }>(
      `select to_regclass('police.person') is not null as filled`,
    );
    if (!rows[0]!.filled) return; // a world without registers knows nobody, and is not believed
    for (const record of RECORDS) await world.query(record, [CONTROL_PERSON.idNumber, CONTROL_PERSON.name]);
  } finally {
    await world.end();
  }
}
