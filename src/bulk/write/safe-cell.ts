/** What a spreadsheet would run, in either width of letters. */
const RUNS = /^[=+\-@\t\r＝＋－＠]/;

/** A cell as text that no spreadsheet runs when it is opened. */
export const safeCell = (cell: string | null): string => (cell === null ? '' : RUNS.test(cell) ? `'${cell}` : cell);
