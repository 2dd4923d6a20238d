import { aes } from './aes';
import { sm } from './sm';
import type { Suite, SuiteName } from './suite';

const SUITES: Readonly<Record<SuiteName, Suite>> = { aes, sm };

/** A hardware module would be a third line here. */
export const suiteOf = (name: SuiteName): Suite => SUITES[name];
