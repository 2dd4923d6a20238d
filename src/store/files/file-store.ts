/** A file as it lies in a store. */
export interface Kept {
  readonly id: string;
  /** Since when it is there. */
  readonly at: Date;
}

/** 文件库: bytes by the hub's own ids and by nothing else. It knows nothing of what they are. Each may throw {@link StoreSilent}. */
export interface FileStore {
  /** Whole or not at all; it outlives a fall of the machine once this returns. Never writes over a file. */
  put(id: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Fails at the first piece where there is none. */
  get(id: string): AsyncIterable<Buffer>;
  /** What is not there is removed already. */
  remove(id: string): Promise<void>;
  /** What was never finished included. */
  list(): AsyncIterable<Kept>;
}

/** The store did not answer, or not to the end: whether it holds the file is not known. */
export class StoreSilent extends Error {
  constructor(cause: unknown) {
    super('the file store did not answer', { cause });
    this.name = 'StoreSilent';
  }
}

/** There is no such file: neither the folder nor the store has it. */
export const isMissing = (error: unknown): boolean => {
  const { code, name } = error as { readonly code?: string; readonly name?: string };
  return code === 'ENOENT' || name === 'NoSuchKey';
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isFileId = (text: string): boolean => UUID.test(text);

/** Before an id becomes part of a path or a key. */
export function fileId(id: string): string {
  if (!isFileId(id)) throw new TypeError('not an id of the hub');
  return id;
}
