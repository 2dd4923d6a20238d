import type { PersonalSelect } from '../../src/audit/reads';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import { readPage, type PageArgs } from '../../src/store/page';
import { readPersonal } from '../../src/store/reads';
import type { Access } from '../../schema/sharing/access';
import { CASE_KIND_TITLES, FIELD_TITLES, ROLE_TITLES, SOURCE_TITLES } from '../../schema/sharing/field-titles';
import type { Connection } from '../../schema/page';

/** A row for the person itself where nobody ever looked: this look is logged all the same. */
const ACCESSES: PersonalSelect = {
  name: 'accesses-to',
  takes: 4,
  text: `select p.id as person_id, a.* from person p left join lateral accesses_to(p.id, $2, $3, $4) a on true where p.id = $1
         order by a.micros desc, a.id desc`,
};

interface AccessRow {
  readonly id: number | null;
  readonly micros: number;
  readonly at: Date;
  readonly subject: string;
  readonly role: string;
  readonly office: string;
  readonly source: string;
  readonly fields: readonly string[];
  readonly request_id: string;
  readonly persons: number;
  readonly case_id: string | null;
  readonly case_kind: string | null;
  readonly purpose_title: string | null;
  readonly basis: string | null;
}

type Keyed = Access & { readonly micros: number };

const LATEST = [Number.MAX_SAFE_INTEGER, 0] as const;
const LOOK = { source: 'read-log', fields: ['accesses'] };

/**
 * Looks at one person, the latest first. A citizen sees its own, an overseer those of its regions; what is not there and
 * what is not yours look the same (NOT_FOUND). Throws PAGE_TOO_LARGE, INVALID_CURSOR.
 */
export function pageOfAccesses(ctx: RequestContext, personId: string, args: PageArgs): Promise<Connection<Access>> {
  const { hub, viewer } = ctx;
  if (viewer.role === 'APPLICANT_SELF' && viewer.person !== personId) throw new HubError('NOT_FOUND', 'person');
  return readPage<Keyed>(hub.cursors, args, {
    list: `accesses to ${personId}`,
    keyOf: ({ micros, id }) => [micros, Number(id)],
    read: async (after, limit) => {
      const values = [personId, ...(after ?? LATEST), limit];
      const rows = await readPersonal<AccessRow>(hub.db.app, ACCESSES, values, LOOK, ctx);
      if (rows.length === 0) throw new HubError('NOT_FOUND', 'person');
      return rows.filter(({ id }) => id !== null).map((row) => inWords(row, ctx));
    },
  });
}

/** What the log holds by code, as a citizen reads it. */
function inWords(row: AccessRow, { hub, viewer }: RequestContext): Keyed {
  const { office, role } = row;
  const sources = row.source.split(',');
  const titleOf = (source: string) =>
    SOURCE_TITLES[source] ?? hub.exchange.connectors.find(({ name }) => name === source)?.agency ?? source;
  const wordOf = (source: string, field: string) => FIELD_TITLES[source]?.[field] ?? field;
  /* A look at several sources names each field with its source. */
  const named = (field: string) => {
    const [source, own] = field.split('.') as [string, string?];
    return own ? `${titleOf(source)}：${wordOf(source, own)}` : wordOf(sources[0]!, field);
  };
  return {
    ...{ id: String(row.id), micros: row.micros, at: row.at, persons: row.persons, caseId: row.case_id },
    office: hub.regions.find(office)?.name ?? office,
    role: ROLE_TITLES[role] ?? role,
    subject: viewer.role === 'APPLICANT_SELF' ? null : row.subject,
    source: sources.map(titleOf).join('、'),
    fields: row.fields.map(named),
    reason: row.purpose_title ?? REASONS.find(([made]) => made.test(row.request_id))?.[1] ?? '职责范围内查阅',
    clause: row.basis ?? REASONS.find(([made]) => made.test(row.request_id))?.[2] ?? null,
    caseKind: row.case_kind && (CASE_KIND_TITLES[row.case_kind] ?? row.case_kind),
    batch: BATCH.test(row.request_id),
  };
}

/** Requests that the hub's own errands make. */
const BATCH = /^(cross-check|collect-deferred|publish-feeds):/;
const REASONS: readonly (readonly [RegExp, string, string | null])[] = [
  [/^publish-feeds:/, '依法公开', 'GX-7.2.1(2)'],
  [/^collect-deferred:/, '接收延时应答', null],
];
