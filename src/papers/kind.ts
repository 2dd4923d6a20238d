import type { Paper } from './paper';

/** Asks the graph as whoever asked for the paper: what they may not see is not there. Throws what the graph refuses. */
export type Ask = <Data>(query: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>;

/** A kind of paper: what is asked of the graph, and how it is laid out. Throws NOT_FOUND where there is none. */
export type PaperKind = (ask: Ask, id: string, more: Readonly<Record<string, string | undefined>>) => Promise<Paper>;

/** What the hub itself has on record. */
export const HUB_SOURCE = '住房保障档案';
