import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DataKey, PurposeKeys } from '../access/keyring';
import type { Page } from './page-cache';

/** A page as it stands in Redis, and until when it is one (ms). */
export interface SignedPages {
  write(key: string, page: Page, until: number): string;
  /** Undefined for what no hub of this key table wrote under this very key, and for what is past its time. */
  read(key: string, kept: string, now: number): { readonly page: Page; readonly until: number } | undefined;
}

const SHAPE = /^([\w-]+) ([\w-]{43}) (\d+) ("[\w-]+")$/;

const secretOf = ({ material }: DataKey): Buffer =>
  createHmac('sha256', material).update('public page in Redis').digest();

const macOf = (key: DataKey, place: string, until: number | string, etag: string, body: string): string =>
  createHmac('sha256', secretOf(key)).update(`${place}\n${until}\n${etag}\n${body}`).digest('base64url');

/**
 * Whoever can write to Redis must not be able to write to the public page: what comes from there is shown only where it bears
 * the hub's own mark, over its place and its time too, so that a page is neither moved to another question nor kept for later.
 */
export const signedPages = (keys: PurposeKeys): SignedPages => ({
  write(key, { etag, body }, until) {
    const [current, text] = [keys.current(), body.toString('utf8')];
    return `${current.id} ${macOf(current, key, until, etag, text)} ${until} ${etag}\n${text}`;
  },
  read(key, kept, now) {
    const cut = kept.indexOf('\n');
    const [, id, mac, until, etag] = SHAPE.exec(kept.slice(0, Math.max(cut, 0))) ?? [];
    const own = keys.readable().find((each) => each.id === id);
    if (!own || !mac || !until || !etag || Number(until) <= now) return undefined;
    const body = kept.slice(cut + 1);
    if (!timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(own, key, until, etag, body)))) return undefined;
    return { page: { etag, body: Buffer.from(body) }, until: Number(until) };
  },
});
