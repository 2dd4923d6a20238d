import { createHmac } from 'node:crypto';

/**
 * What the agencies' own secrets are made of. Of the key of the hub's logins, because the fund's login belongs to the whole database
 * server like those: two hubs on one server that share it do not lock each other's fund out.
 */
export const sandboxSecret = (roleKey: Buffer): Buffer =>
  createHmac('sha256', roleKey).update('sandbox agencies').digest();
