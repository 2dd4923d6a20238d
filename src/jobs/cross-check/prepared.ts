/** Rows in one statement up to which a plan made once serves. */
const PREPARED_UP_TO = 16;

/**
 * The name of a prepared statement, for small pages only. A plan kept from when a growing table was small reads the whole
 * table for each row of a page; a large page is worth a plan for the table as it is now.
 */
export const prepared = (name: string, rows: number): { name?: string } => (rows <= PREPARED_UP_TO ? { name } : {});
