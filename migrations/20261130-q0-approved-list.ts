import { Migration } from '@mikro-orm/migrations';

/** Nobody has verified these: each region sets its own. Three bands of income per head and month, two widths of a band of area. */
const NUMBERS: readonly (readonly [code: string, value: number, unit: string])[] = [
  ['approval.area-step-cm2', 100_000, 'cm2'],
  ['approval.area-wide-step-cm2', 300_000, 'cm2'],
  ['approval.income-band-1-fen', 100_000, 'fen'],
  ['approval.income-band-2-fen', 150_000, 'fen'],
  ['approval.listed-days', 30, 'day'],
];

/** 审批结果公开 [GX-10.2.3]: who was approved and allotted, as far as anybody may read it. Only masked names and bands are ever written here. */
export class Migration20261130ApprovedList extends Migration {
  override up(): void {
    const rows = NUMBERS.map(([code, value, unit]) => `('${code}', ${value}, '${unit}')`).join(', ');
    this.addSql(`
      insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      select gen_random_uuid(), n.code, region, n.value, n.unit, '默认值，待地方文件确定', 'UNVERIFIED', '2014-01-01', '2014-01-01'
      from unnest(array['15','45']) as region cross join (values ${rows}) as n (code, value, unit)`);
    this.addSql(`
      create function allotted_on(allotted uuid) returns date language sql stable set search_path = public, pg_temp as $$
        select coalesce((select max(s.on_day) from tenancy_step s where (s.noun, s.subject_id, s.kind) = ('ALLOTMENT', a.id, 'ACCEPTANCE')), a.offered_on)
        from allotment a where a.id = allotted
      $$;
      comment on function allotted_on is 'the day on which a household accepted; of a file without that step, that of the offer'`);
    this.addSql(`
      create table published_approved_household (
        publication_id uuid not null references publication (id),
        published_at timestamptz not null,
        row_number int not null,
        applicant_name text not null check (applicant_name ~ '^.[*]+$'),
        population int check (population > 0),
        income_band text,
        income_withheld text check (income_withheld in ('NOT_SET','WITHHELD')),
        area_band text,
        area_withheld text check (area_withheld in ('NOT_SET','WITHHELD')),
        constraint published_income_or_why check (num_nonnulls(income_band, income_withheld) = 1),
        constraint published_area_or_why check (num_nonnulls(area_band, area_withheld) = 1),
        primary key (publication_id, row_number, published_at)
      ) partition by range (published_at);
      comment on column published_approved_household.row_number is 'by lot within the publication; it links nothing';
      select ensure_partitions('published_approved_household', '2026-10-01', 12);
      grant select on published_approved_household to anju_public_reader;
      grant insert on published_approved_household to anju_app`);
  }
}
