import { utils, type SFTPWrapper } from 'ssh2';
import { SftpFiles } from './sftp-files';

const { STATUS_CODE, flagsToString } = utils.sftp;

export interface Counter {
  /** Throws SftpRefusal where the server has no mind to do it. Called before everything that touches a file. */
  before(verb: 'LOOK' | 'WRITE', path: string): Promise<void>;
  /** A file arrived under its final name. */
  arrived(path: string): Promise<void>;
}

/** Answered as SSH_FX_FAILURE with these words: the protocol has no code of its own for a full or broken server. */
export class SftpRefusal extends Error {}

/** One request's work and its answer, whatever becomes of it. */
class Answers {
  constructor(readonly sftp: SFTPWrapper) {}

  give(request: number, work: () => Promise<void>): void {
    void work().catch((error: Error & { code?: string }) => {
      const code = error.code === 'ENOENT' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE;
      this.sftp.status(request, code, error instanceof SftpRefusal ? error.message : undefined);
    });
  }

  ok = (request: number): void => void this.sftp.status(request, STATUS_CODE.OK);
  end = (request: number): void => void this.sftp.status(request, STATUS_CODE.EOF);
  done = (request: number, work: () => Promise<void>): void =>
    this.give(request, () => work().then(() => this.ok(request)));
}

/** Serves one SFTP session (draft-ietf-secsh-filexfer-02) over a folder. */
export function serveSession(sftp: SFTPWrapper, root: string, counter: Counter): void {
  const files = new SftpFiles(root);
  const answers = new Answers(sftp);
  serveLooks(answers, files, counter);
  serveChanges(answers, files, counter);
  sftp.on('close', () => void files.end());
}

function serveLooks(answers: Answers, files: SftpFiles, counter: Counter): void {
  const { sftp } = answers;
  const attributes = (request: number, path: string) =>
    answers.give(request, async () => {
      await counter.before('LOOK', path);
      sftp.attrs(request, await files.attributes(path));
    });
  sftp.on('STAT', attributes).on('LSTAT', attributes);
  sftp.on('REALPATH', (request, path) => {
    const filename = files.realpath(path);
    sftp.name(request, [{ filename, longname: filename, attrs: {} as never }]);
  });
  sftp.on('READ', (request, handle, offset, length) =>
    answers.give(request, async () => {
      const bytes = await files.read(handle, offset, length);
      if (bytes) sftp.data(request, bytes);
      else answers.end(request);
    }),
  );
  sftp.on('OPENDIR', (request, path) =>
    answers.give(request, async () => {
      await counter.before('LOOK', path);
      sftp.handle(request, await files.openFolder(path));
    }),
  );
  sftp.on('READDIR', (request, handle) =>
    answers.give(request, async () => {
      const entries = files.entries(handle);
      if (entries) sftp.name(request, entries);
      else answers.end(request);
    }),
  );
}

function serveChanges(answers: Answers, files: SftpFiles, counter: Counter): void {
  const { sftp } = answers;
  sftp.on('OPEN', (request, path, flags) =>
    answers.give(request, async () => {
      const how = flagsToString(flags) ?? 'r';
      await counter.before(how === 'r' ? 'LOOK' : 'WRITE', path);
      sftp.handle(request, await files.open(path, how));
    }),
  );
  sftp.on('RENAME', (request, from, to) =>
    answers.done(request, async () => {
      await counter.before('WRITE', to);
      await files.rename(from, to);
      await counter.arrived(to);
    }),
  );
  sftp.on('WRITE', (request, handle, offset, bytes) => answers.done(request, () => files.write(handle, offset, bytes)));
  sftp.on('CLOSE', (request, handle) => answers.done(request, () => files.close(handle)));
  sftp.on('REMOVE', (request, path) => answers.done(request, () => files.remove(path)));
  sftp.on('MKDIR', (request, path) => answers.done(request, () => files.makeFolder(path)));
  sftp.on('SETSTAT', answers.ok).on('FSETSTAT', answers.ok);
}
