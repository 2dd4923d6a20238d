/** A file as it lies in a store. */
export interface Kept {
  readonly id: string;
  /** Since when it is there. */
  readonly at: Date;
}

/** 文件库: bytes by the hub's own ids and by nothing else. It knows nothing of what they are. */
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
