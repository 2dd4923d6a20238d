import { createServer } from 'node:http';
import { Pool } from 'pg';

/**
 * The floor: bare node:http and pg, one prepared statement a page, as the same role on the same rows. No GraphQL, no
 * contract, no opaque cursor. Arguments: connection string of the public reader.
 */
const pool = new Pool({ connectionString: process.argv[2], max: 8 });
const PAGE = `select r.* from publication p cross join lateral (
    select row_number as "rowNumber", applicant_name as "applicantName", citizen_id_masked as "citizenIdMasked",
      security_type as "securityType", registration_date::text as "registrationDate"
    from published_registered_object
    where publication_id = p.id and published_at = p.published_at and row_number > $2 order by row_number limit 50
  ) r
  where p.feed = 'registered-objects' and p.superseded_at is null and p.region_code = $1 order by r."rowNumber"`;

const server = createServer((incoming, outgoing) => {
  const query = new URL(incoming.url ?? '/', 'http://floor').searchParams;
  const answer = (status: number, body: string) => {
    outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    outgoing.end(body);
  };
  pool
    .query({ name: 'page', text: PAGE, values: [query.get('region'), Number(query.get('after'))] })
    .then(({ rows }) => answer(200, JSON.stringify({ data: { registeredObjects: { nodes: rows } } })))
    .catch((error: Error) => answer(500, JSON.stringify({ message: error.message })));
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
