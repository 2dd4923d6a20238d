import { anyKnown, countKnown, countSeen } from '../../engine/aggregate';
import { differs, disputed, noteOfAgreement } from '../../engine/agreement';
import { askedFor, madeOnce, yearsOld } from '../../engine/expression';
import type { Matter } from '../../engine/matter';
import { cites, clause, defineRule } from '../../engine/rule';
import { parameter, sql } from '../../engine/sql';
import { lacking } from '../../engine/wording';

const dead = sql`case when found = false then false
  when found and ${askedFor('deceasedOn')} then deceased_on is not null and deceased_on <= given.as_of end`;

/** 民政: deaths, and a child who married somebody outside the household. (The applicant's own marriage is RR-16.) */
const civil = sql`
  select civil_affairs.household_id, civil_affairs.person_id, ${dead} as dead,
    case when civil_affairs.relation <> 'CHILD' or found = false or marriage_status in ('UNMARRIED', 'WIDOWED', 'DIVORCED') then false
      when marriage_status = 'MARRIED' and spouse_index is not null then spouse.person_id is null end as wed
  from civil_affairs join given using (household_id)
  left join member as spouse on spouse.household_id = civil_affairs.household_id and encode(spouse.id_index, 'hex') = spouse_index`;

const declared = sql`
  select household_id, ${countKnown(sql`relation = 'CHILD' and ${yearsOld(sql`birth_date`, sql`given.as_of`)} < ${parameter('adult-age.years')}`)} as minors
  from member join given using (household_id) group by household_id`;

/** 公安: deaths, who was registered elsewhere after having been declared, and children of the couple who are not declared. */
const police = sql`
  select police.household_id, police.person_id, ${dead} as dead,
    case when found = false then false when found then hukou_since > from_date and hukou_since <= given.as_of end as moved,
    case when relation not in ('APPLICANT', 'SPOUSE') or found = false then false
      when found then minor_children > declared.minors end as born
  from police join given using (household_id) join (${declared}) as declared using (household_id)`;

/** 0: civil affairs, 1: the police; in order. */
const BETWEEN = ['civil-affairs', 'police'] as const;
const PRECEDENCE = 'death-register.police-prevails';

/** The word of the source that prevails; where neither does, one that knows of a death is believed until a person has settled it. */
const died = sql`case ${parameter(PRECEDENCE)} when 1 then police.dead when 0 then civil.dead else civil.dead or police.dead end`;
/** NULL where the sources differ and neither prevails. */
const agreed = sql`case when civil.dead <> police.dead and ${parameter(PRECEDENCE)} is null then null else ${died} end`;

const KINDS = ['dead', 'moved', 'born', 'wed'] as const;

/**
 * 内蒙古通知 七: 家庭人口变化情况. What civil affairs and the police know of deaths, moves, births and marriages since the
 * members were declared; one known change decides, whatever is unknown beside it. A death that one of them has on record and the
 * other has not is their conflict: the rule of precedence decides, and where there is none the report says CONFLICT.
 */
export const membersUnchanged = defineRule({
  code: 'RR-28',
  title: '在册成员与民政、公安登记的人口状况一致',
  basis: [...clause('IM-7.1-a'), ...cites('GX-9.4.1-3-4')],
  since: '2014-01-01',
  review: { factor: 'POPULATION', change: true },
  needs: ['civil-affairs', 'police'],
  agreement: { fact: 'deceasedOn', column: 'deceased_on', between: BETWEEN, says: dead, precedence: PRECEDENCE },
  facts: sql`
    select household_id, ${anyKnown(sql`dead or moved or born or wed`)} as changed,
      ${countSeen(sql`dead or moved or born or wed`)} as persons, ${anyKnown(sql`dead`)} as dead, ${anyKnown(sql`moved`)} as moved,
      ${anyKnown(sql`born`)} as born, ${anyKnown(sql`wed`)} as wed,
      ${anyKnown(sql`differs`)} as differs, ${anyKnown(sql`agreed or moved or born or wed`)} as surely
    from (
      select household_id, ${died} as dead, ${agreed} as agreed, civil.dead <> police.dead as differs, moved, born, wed
      from (${civil}) as civil join (${police}) as police using (household_id, person_id) join given using (household_id)
      ${madeOnce}
    ) as person group by household_id`,
  holds: sql`not changed`,
  observed: sql`case when changed is not null then persons end`,
  threshold: sql`0`,
  unit: 'person',
  note: sql`case when dead then ' dead' else '' end || case when moved then ' moved' else '' end
    || case when born then ' born' else '' end || case when wed then ' wed' else '' end
    || ${noteOfAgreement(sql`differs`, sql`changed and surely is not true`)}`,
  onFalse: 'CONTRADICTION',
  because: {
    fail: ({ observed, note }) =>
      disputed(note)
        ? `民政部门与公安机关对 ${observed} 名在册成员是否死亡的登记不一致，当地没有生效的优先规则，须由两部门核对。`
        : `民政、公安登记与 ${observed} 名在册成员的申报不符：${changesIn(note)}，须核实人口并调整保障。`,
    unknown,
    pass: ({ note }) =>
      `在册成员均健在，民政、公安登记的人口状况与申报一致${differs(note) ? '（两部门的死亡登记不一致，已依优先规则判定）' : ''}。`,
  },
});

const WORDS: Readonly<Record<(typeof KINDS)[number], string>> = {
  dead: '成员已经死亡',
  moved: '成员户籍已经迁移',
  born: '有未申报的未成年子女',
  wed: '子女已婚而配偶未申报',
};

const changesIn = (note: string | null): string =>
  KINDS.filter((kind) => note?.split(' ').includes(kind))
    .map((kind) => WORDS[kind])
    .join('、');

function unknown(matter: Matter): string {
  const silent = (source: string) => matter.missing.filter((missing) => missing.source === source);
  const told = [
    ['民政部门', silent('civil-affairs')],
    ['公安机关', silent('police')],
  ] as const;
  const lacks = told
    .filter(([, missing]) => missing.length > 0)
    .map(([agency, missing]) => lacking(agency, { ...matter, missing }));
  return `${lacks.length > 0 ? lacks.join('；') : lacking('民政、公安部门', matter)}，人口变化待核实。`;
}
