import { Migration } from '@mikro-orm/migrations';

type Line = readonly [
  code: string,
  value: number,
  unit: string,
  document: string,
  mark: 'SEED' | 'NATIONAL' | 'UNVERIFIED',
];

const LOW_RENT = '廉租住房保障办法（建设部令第162号）第十七条';
const PUBLIC_RENTAL = '公共租赁住房管理办法（住房城乡建设部令第11号）';
const NOBODY = '默认值，待地方文件确定';

/** Numbers behind the seeds that hold everywhere until a region sets its own. */
const DEFAULTS: readonly Line[] = [
  ['publicity.stage-3-days', 15, 'day', LOW_RENT, 'NATIONAL'],
  ['publicity.stage-1-days', 7, 'day', NOBODY, 'UNVERIFIED'],
  ['publicity.stage-2-days', 7, 'day', NOBODY, 'UNVERIFIED'],
  ['review.street-days', 30, 'day', LOW_RENT, 'NATIONAL'],
  ['review.housing-days', 15, 'day', LOW_RENT, 'NATIONAL'],
  ['review.civil-affairs-days', 15, 'day', LOW_RENT, 'NATIONAL'],
  ['entrant-recheck.working-days', 15, 'working-day', `${PUBLIC_RENTAL}第十二至十四条`, 'NATIONAL'],
  ['publication.working-days', 20, 'working-day', '政府信息公开条例第二十六条', 'NATIONAL'],
  ['complaint.verification-days', 60, 'day', NOBODY, 'UNVERIFIED'],
  ['vacancy.months', 6, 'month', '内蒙古通知七', 'SEED'],
  ['arrears.months', 6, 'month', `${PUBLIC_RENTAL}第二十九至三十一条`, 'NATIONAL'],
  ['contract-term.years', 5, 'year', `${PUBLIC_RENTAL}第十八条`, 'NATIONAL'],
  ['waiting.years', 5, 'year', `${PUBLIC_RENTAL}第十条`, 'NATIONAL'],
  ['reapply-bar.years', 5, 'year', `${PUBLIC_RENTAL}第三十五、三十六条`, 'NATIONAL'],
];

/** 参数: the defaults; rows that only grow; of two words on the same day the later one counts. */
export class Migration20261129Parameters extends Migration {
  override up(): void {
    const rows = DEFAULTS.map(
      ([code, value, unit, document, mark]) =>
        `(gen_random_uuid(), '${code}', ${value}, '${unit}', '${document}', '${mark}', '2014-01-01', '2014-01-01')`,
    );
    this.addSql(`
      insert into parameter (id, code, value, unit, document_number, mark, valid_from, known_from)
      values ${rows.join(',\n        ')}`);
    this.oneWordAtATime();
    this.onlyGrows();
    this.rewrite('remind_answers', 'p.valid_to >= today)', 'p.valid_to >= today) and p.known_from <= now');
    for (const name of ['answer_due', 'remind_answers'])
      this.rewrite(name, 'p.valid_from desc, p.known_from desc', 'p.known_from desc, p.valid_from desc');
  }

  /** No two rows that became known at one instant say what one number is on one day. A range of text: PostgreSQL compares it without an extension. */
  private oneWordAtATime(): void {
    this.addSql(`create type text_range as range (subtype = text, collation = "C")`);
    this.addSql(`
      alter table parameter
        add constraint parameter_ends_after_it_begins check (valid_to >= valid_from),
        add constraint parameter_said_once exclude using gist (
          text_range(code || '/' || coalesce(region_code, '') || '/' || coalesce(programme, ''),
            code || '/' || coalesce(region_code, '') || '/' || coalesce(programme, ''), '[]') with &&,
          daterange(valid_from, valid_to, '[]') with &&,
          tstzrange(known_from, known_from, '[]') with &&)`);
  }

  private onlyGrows(): void {
    this.addSql(`
      create function refuse_new_past() returns trigger language plpgsql as $$
      begin
        raise exception 'a % is never edited: what was known stays, a correction is a new row', tg_table_name;
      end $$`);
    this.addSql(`
      create trigger only_grows before update or delete on parameter for each row execute function refuse_new_past()`);
  }

  /** Other words in a function that stands; what is to be replaced must be there. */
  private rewrite(name: string, was: string, becomes: string): void {
    this.addSql(`
      do $do$
      declare body text := pg_get_functiondef('${name}'::regproc);
      begin
        if strpos(body, '${was}') = 0 then raise exception '${name} is not as it was'; end if;
        execute replace(body, '${was}', '${becomes}');
      end $do$`);
  }
}
