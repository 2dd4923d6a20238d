import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { TAG_BYTES, type Suite } from './suite';

const CIPHER = 'aes-256-gcm';

/** AES-256-GCM (SP 800-38D) and HMAC-SHA-256. The default. */
export const aes: Suite = {
  name: 'aes',
  keyBytes: 32,
  encrypt(key, iv, clear, aad, before = []) {
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(aad);
    const body = typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);
    return Buffer.concat([...before, body, cipher.final(), cipher.getAuthTag()]);
  },
  decrypt(key, iv, sealed, aad) {
    const end = sealed.length - TAG_BYTES;
    const opener = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
    opener.setAuthTag(sealed.subarray(end));
    return Buffer.concat([opener.update(sealed.subarray(0, end)), opener.final()]);
  },
  mac: (key, message) => createHmac('sha256', key).update(message).digest(),
};
