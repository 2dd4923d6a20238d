/** Names of suites; a key's id begins with its suite's name. */
export const SUITE_NAMES = ['aes', 'sm'] as const;
export type SuiteName = (typeof SUITE_NAMES)[number];

/** Lengths all suites share, in bytes. */
export const IV_BYTES = 12;
export const TAG_BYTES = 16;

/** 密码算法套件: one country's set of primitives. Everything is synchronous: it stands on the hot path of a page of persons. */
export interface Suite {
  readonly name: SuiteName;
  /** Length of a key of its cipher, bytes. */
  readonly keyBytes: number;
  /** What stands before it, then body and tag. The IV must be fresh for the key. */
  encrypt(key: Buffer, iv: Buffer, clear: string | Buffer, aad: Buffer, before?: readonly Buffer[]): Buffer;
  /** Throws when key, IV, body, tag or AAD differ in a bit. */
  decrypt(key: Buffer, iv: Buffer, bodyAndTag: Buffer, aad: Buffer): Buffer;
  /** Keyed hash of 32 bytes. */
  mac(key: Buffer, message: string | Buffer): Buffer;
}
