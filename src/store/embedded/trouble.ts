/** The database server cannot run here; the message says why and what to do, and is all an operator needs to see. */
export class ServerTrouble extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ServerTrouble';
  }
}

/** The way out that is always open. */
export const OR_YOUR_OWN =
  'or set DATABASE_URL to a PostgreSQL server of your own (15 or later; the user needs CREATEDB and CREATEROLE)';
