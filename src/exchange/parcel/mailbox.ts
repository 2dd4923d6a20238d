import type { Mailbox } from './box';
import { openFolder } from './folder';
import { openSftp } from './sftp';

/** 'sftp://user:password@host:port/folder?hostKey=SHA256:…' or 'file:///folder' on a disk both offices see. */
export function openMailbox(url: string): Mailbox {
  const address = new URL(url);
  if (address.protocol === 'sftp:') return openSftp(address);
  if (address.protocol === 'file:') return openFolder(address);
  throw new Error('a mailbox is sftp: or file:');
}
