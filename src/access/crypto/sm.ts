import { sm3, sm4 } from 'sm-crypto-v2';
import { TAG_BYTES, type Suite } from './suite';

/** 国密: SM4-GCM (GB/T 32907, RFC 8998) and HMAC-SM3 (GB/T 32905). Node has no SM4-GCM, so a library in JavaScript does it. */
export const sm: Suite = {
  name: 'sm',
  keyBytes: 16,
  encrypt(key, iv, clear, aad) {
    const { output, tag } = sm4.encrypt(clear, key, {
      ...{ mode: 'gcm', padding: 'none', output: 'array', outputTag: true },
      ...{ iv, associatedData: aad },
    });
    return Buffer.concat([output, tag!]);
  },
  decrypt(key, iv, sealed, aad) {
    const end = sealed.length - TAG_BYTES;
    const clear = sm4.decrypt(sealed.subarray(0, end), key, {
      ...{ mode: 'gcm', padding: 'none', output: 'array' },
      ...{ iv, associatedData: aad, tag: sealed.subarray(end) },
    });
    return Buffer.from(clear);
  },
  mac: (key, message) => Buffer.from(sm3(Buffer.from(message as string), { key }), 'hex'),
};
