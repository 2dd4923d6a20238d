import { guarded, type Sql } from './sql';

/**
 * Is a member the person whose number an agency told? Blind indexes are compared, no number is opened. While the index
 * key is rotated each side carries one index or two, and some index both carry is under the same key. NULL where the
 * agency told of none.
 * @param member relation with `id_index` and `id_index_next`; @param whose stem of the told columns, as `spouse`
 */
export const sameIdentity = (member: Sql, whose: Sql): Sql => guarded`(
  encode(${member}.id_index, 'hex') = ${whose}_index
  or coalesce(encode(${member}.id_index, 'hex') = ${whose}_index_next, false)
  or coalesce(encode(${member}.id_index_next, 'hex') in (${whose}_index, ${whose}_index_next), false))`;
