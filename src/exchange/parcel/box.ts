export interface Listed {
  readonly name: string;
  readonly modifiedAt: Date;
}

/** A place where two offices leave files for each other. Throws SourceTrouble where it cannot be reached. */
export interface Mailbox {
  /** Under its name there is the whole file or none: it is written as '<path>.part' and then renamed. */
  put(path: string, body: Buffer, signal: AbortSignal): Promise<void>;
  /** Undefined where there is no such file; longer than `most` bytes is a source fault. */
  get(path: string, most: number, signal: AbortSignal): Promise<Buffer | undefined>;
  /** A file that is not there is removed already. */
  remove(path: string, signal: AbortSignal): Promise<void>;
  list(folder: string, signal: AbortSignal): Promise<Listed[]>;
  close(): Promise<void>;
}

/** What a file under way is called. Nobody reads it. */
export const PART = '.part';
