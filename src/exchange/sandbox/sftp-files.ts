import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Attributes, FileEntry } from 'ssh2';

const OWNER_FILE = 0o600;

const isFile = (value: unknown): value is FileHandle => typeof value === 'object' && value !== null && 'read' in value;

/** A folder as an SFTP session sees it: '/' is the folder, and no path leads out of it. */
export class SftpFiles {
  private readonly handles = new Map<number, FileHandle | FileEntry[]>();
  private last = 0;

  constructor(private readonly root: string) {}

  /** The path below '/', without '..'. */
  realpath(path: string): string {
    return posix.resolve('/', path);
  }

  private at(path: string): string {
    return join(this.root, this.realpath(path));
  }

  async attributes(path: string): Promise<Attributes> {
    const { mode, uid, gid, size, atime, mtime } = await stat(this.at(path));
    const second = (time: Date) => Math.floor(time.getTime() / 1000);
    return { mode, uid, gid, size, atime: second(atime), mtime: second(mtime) };
  }

  async open(path: string, flags: string): Promise<Buffer> {
    return this.keep(await open(this.at(path), flags, OWNER_FILE));
  }

  async openFolder(path: string): Promise<Buffer> {
    const names = await readdir(this.at(path));
    const entries = await Promise.all(
      names.map(async (filename) => ({
        filename,
        longname: filename,
        attrs: await this.attributes(posix.join(path, filename)),
      })),
    );
    return this.keep(entries);
  }

  /** The entries not yet read; undefined at the end. */
  entries(handle: Buffer): FileEntry[] | undefined {
    const held = this.handles.get(keyOf(handle));
    if (!Array.isArray(held)) throw new Error('no folder');
    return held.length > 0 ? held.splice(0) : undefined;
  }

  /** Undefined at the end of the file. */
  async read(handle: Buffer, offset: number, length: number): Promise<Buffer | undefined> {
    const { bytesRead, buffer } = await this.file(handle).read(Buffer.alloc(length), 0, length, offset);
    return bytesRead > 0 ? buffer.subarray(0, bytesRead) : undefined;
  }

  async write(handle: Buffer, offset: number, bytes: Buffer): Promise<void> {
    await this.file(handle).write(bytes, 0, bytes.length, offset);
  }

  async close(handle: Buffer): Promise<void> {
    const held = this.handles.get(keyOf(handle));
    this.handles.delete(keyOf(handle));
    if (isFile(held)) await held.close();
  }

  rename = (from: string, to: string): Promise<void> => rename(this.at(from), this.at(to));
  remove = (path: string): Promise<void> => rm(this.at(path));
  makeFolder = async (path: string): Promise<void> => void (await mkdir(this.at(path), { recursive: true }));

  async end(): Promise<void> {
    for (const held of this.handles.values()) if (isFile(held)) await held.close();
    this.handles.clear();
  }

  private keep(held: FileHandle | FileEntry[]): Buffer {
    this.handles.set(++this.last, held);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(this.last);
    return name;
  }

  private file(handle: Buffer): FileHandle {
    const held = this.handles.get(keyOf(handle));
    if (!isFile(held)) throw new Error('no file');
    return held;
  }
}

const keyOf = (handle: Buffer): number => (handle.length === 4 ? handle.readUInt32BE() : 0);
