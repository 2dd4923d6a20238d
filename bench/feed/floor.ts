import { createServer } from 'node:http';
import { Pool } from 'pg';

/**
 * The floor: bare node:http and pg, one prepared statement a page, no GraphQL, no contract, no masks.
 * Arguments: connection string of the public reader.
 */
const pool = new Pool({ connectionString: process.argv[2], max: 8 });
const PAGE = `select row_number as "rowNumber", applicant_name as "applicantName", citizen_id_masked as "citizenIdMasked",
  security_type as "securityType", registration_date::text as "registrationDate"
  from published_registered_object where publication_id = $1 and row_number > $2 order by row_number limit 50`;

const server = createServer((incoming, outgoing) => {
  const query = new URL(incoming.url ?? '/', 'http://floor').searchParams;
  const answer = (status: number, body: string) => {
    outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    outgoing.end(body);
  };
  pool
    .query({ name: 'page', text: PAGE, values: [query.get('publication'), Number(query.get('after') ?? 0)] })
    .then(({ rows }) =>
      answer(
        200,
        JSON.stringify({ data: { registeredObjects: { nodes: rows, endCursor: rows.at(-1)?.rowNumber ?? null } } }),
      ),
    )
    .catch((error: Error) => answer(500, JSON.stringify({ message: error.message })));
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.on('SIGTERM', () => process.exit(0));
