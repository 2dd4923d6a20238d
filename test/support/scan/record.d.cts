import type { Kept } from './search';

export function record(entry: Kept): void;
/** Names the folder in which is kept; nothing is kept without. */
export const VARIABLE: string;
