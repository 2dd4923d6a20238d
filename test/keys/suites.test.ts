import { createHmac, generateKeyPairSync, getHashes, sign } from 'node:crypto';
import { sm2, sm3, sm4 } from 'sm-crypto-v2';
import { aes } from '../../src/access/crypto/aes';
import { es256, sm2sm3 } from '../../src/access/crypto/signature';
import { sm } from '../../src/access/crypto/sm';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

describe('SM3 and SM4 as published', () => {
  it('SM3: examples 1 and 2 of GB/T 32905-2016 appendix A', () => {
    expect(sm3('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(sm3('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  it('SM4: example 1 of GB/T 32907-2016 appendix A, there and back', () => {
    const key = hex('0123456789abcdeffedcba9876543210');
    const once = sm4.encrypt(key, key, { padding: 'none', output: 'array' });
    expect(Buffer.from(once).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
    const back = sm4.decrypt(once, key, { padding: 'none', output: 'array' });
    expect(Buffer.from(back).equals(key)).toBe(true);
  });

  const RFC_8998 = {
    key: hex('0123456789ABCDEFFEDCBA9876543210'),
    iv: hex('00001234567800000000ABCD'),
    aad: hex('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2'),
    clear: hex(
      'AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA',
    ),
    body: hex(
      '17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D',
    ),
    tag: hex('83DE3541E4C2B58177E065A9BF7B62EC'),
  };

  it('SM4-GCM: RFC 8998 appendix A.1', () => {
    const { key, iv, aad, clear, body, tag } = RFC_8998;
    expect(sm.encrypt(key, iv, clear, aad).equals(Buffer.concat([body, tag]))).toBe(true);
    expect(sm.decrypt(key, iv, Buffer.concat([body, tag]), aad).equals(clear)).toBe(true);
    expect(() => sm.decrypt(key, iv, Buffer.concat([body, tag]), Buffer.alloc(0))).toThrow();
  });

  it('HMAC-SM3 agrees with another implementation, OpenSSL’s, where Node has it', () => {
    if (!getHashes().includes('sm3')) return;
    for (const length of [0, 1, 18, 64, 65, 200]) {
      const [key, message] = [Buffer.alloc(32, length), Buffer.alloc(length, 0xa5)];
      expect(sm.mac(key, message).equals(createHmac('sm3', key).update(message).digest())).toBe(true);
    }
  });
});

describe('AES-GCM and HMAC-SHA-256 as published', () => {
  it('AES-256-GCM: test case 16 of the GCM specification', () => {
    const key = hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
    const clear = hex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    );
    const sealed = aes.encrypt(
      key,
      hex('cafebabefacedbaddecaf888'),
      clear,
      hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
    );
    expect(sealed.toString('hex')).toBe(
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
        '76fc6ece0f4e1768cddf8853bb2d551b',
    );
  });

  it('HMAC-SHA-256: RFC 4231 test case 2', () => {
    expect(aes.mac(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

describe('SM2 signatures as published', () => {
  /* GB/T 32918.5-2017 appendix A.2: the recommended curve, user id 1234567812345678, message "message digest". */
  const PRIVATE = '3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8';
  const PUBLIC =
    '0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13';
  const SIGNATURE =
    'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA';
  const message = Buffer.from('message digest');
  const jwk = sm2sm3.publicJwk(PRIVATE.toLowerCase());

  it('the public key and the Z value of the example come out', () => {
    expect(sm2.getPublicKeyFromPrivateKey(PRIVATE).toUpperCase()).toBe(PUBLIC);
    expect(Buffer.from(sm2.getZ(PUBLIC.toLowerCase())).toString('hex').toUpperCase()).toBe(
      'B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3',
    );
  });

  it('the signature of the example verifies; another message or a changed bit does not', () => {
    const signature = hex(SIGNATURE);
    expect(sm2sm3.verify(jwk, message, signature)).toBe(true);
    expect(sm2sm3.verify(jwk, Buffer.from('message digesu'), signature)).toBe(false);
    signature[40]! ^= 1;
    expect(sm2sm3.verify(jwk, message, signature)).toBe(false);
  });

  it('what it signs it verifies, by the public half alone', () => {
    const key = sm2sm3.freshKey();
    const signature = sm2sm3.sign(key, message);
    expect(signature).toHaveLength(64);
    expect(sm2sm3.verify(sm2sm3.publicJwk(key), message, signature)).toBe(true);
    expect(sm2sm3.verify(jwk, message, signature)).toBe(false);
  });

  it('Node’s own signature with a key on the SM2 curve is none of SM2', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    const der = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex');
    const scalar = /0201010420(.{64})/.exec(der)![1]!; // ECPrivateKey of RFC 5915: version 1, then the scalar
    const signed = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(sm2sm3.verify(sm2sm3.publicJwk(scalar), message, signed)).toBe(false);
    expect(sm2sm3.verify(sm2sm3.publicJwk(scalar), message, sm2sm3.sign(scalar, message))).toBe(true);
  });

  it('ES256 is ECDSA on P-256, verified by the published half', () => {
    const key = es256.freshKey();
    expect(es256.verify(es256.publicJwk(key), message, es256.sign(key, message))).toBe(true);
    expect(es256.verify(es256.publicJwk(es256.freshKey()), message, es256.sign(key, message))).toBe(false);
  });
});
