/** A certificate nobody vouches for, of another host, that ended with 2019; its key is everybody's. Mode bad-tls shows it, nothing trusts it. */
export const BAD_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmL1pXibzf2t0LoX3
WOtV8FPo6mL52DfWeUKbb/g+PQChRANCAATY1VRCn2sNjwz8m+dMl0PQdlaaAxiH
gIwUMyiU9A9QZiN4cgyWZVNOoNteULkRQiQjx5Dx58wcGMzDB9DZ6W+a
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBGDCBwAIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5ub2JvZHkuaW52YWxp
ZDAeFw0xOTAxMDEwMDAwMDBaFw0yMDAxMDEwMDAwMDBaMBkxFzAVBgNVBAMMDm5v
Ym9keS5pbnZhbGlkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2NVUQp9rDY8M
/JvnTJdD0HZWmgMYh4CMFDMolPQPUGYjeHIMlmVTTqDbXlC5EUIkI8eQ8efMHBjM
wwfQ2elvmjAKBggqhkjOPQQDAgNHADBEAiATEfDaeDpmimvyDlUchNKeJwdWPJN/
pe1RkGu5eEGjPwIgB0F0RW8OEipAouaCw3O3U4vP1Z0wcgERu3MLsElr9fk=
-----END CERTIFICATE-----`,
};
