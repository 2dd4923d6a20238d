import { sm3, sm4 } from 'sm-crypto-v2';
import { TAG_BYTES, type Suite } from './suite';

/* The library takes a text for hex digits here and for UTF-8 there. */
const bytesOf = (given: string | Buffer): Buffer => (typeof given === 'string' ? Buffer.from(given) : given);

/** 国密: SM4-GCM (GB/T 32907, RFC 8998) and HMAC-SM3 (GB/T 32905). Node has no SM4-GCM, so a library in JavaScript does it. */
export const sm: Suite = {
  name: 'sm',
  keyBytes: 16,
  encrypt(key, iv, clear, aad, before = []) {
    const { output, tag } = sm4.encrypt(bytesOf(clear), key, {
      ...{ mode: 'gcm', padding: 'none', output: 'array', outputTag: true },
      ...{ iv, associatedData: aad },
    });
    return Buffer.concat([...before, output, tag!]);
  },
  decrypt(key, iv, sealed, aad) {
    const end = sealed.length - TAG_BYTES;
    const clear = sm4.decrypt(sealed.subarray(0, end), key, {
      ...{ mode: 'gcm', padding: 'none', output: 'array' },
      ...{ iv, associatedData: aad, tag: sealed.subarray(end) },
    });
    return Buffer.from(clear);
  },
  mac: (key, message) => Buffer.from(sm3(bytesOf(message), { key }), 'hex'),
};
