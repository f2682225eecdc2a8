// Stands where Next's server.js is, for tests of the supervisor: ready when it reaches the database, and tells what it was given.
import { createServer } from "node:http";
import pg from "pg";

const { PORT, HOSTNAME, DATABASE_URL, MIGRATE_DATABASE_URL, DATA_DIR, NEXTAUTH_URL, NEXTAUTH_SECRET } = process.env;

createServer(async (request, response) => {
  if (request.url === "/crash") process.exit(3);
  const client = new pg.Client({ connectionString: DATABASE_URL });
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_user AS role");
    const given = { pid: process.pid, role: rows[0].role, owner: MIGRATE_DATABASE_URL ?? null, dataDir: DATA_DIR };
    const { "x-forwarded-proto": protocol, "x-forwarded-for": address } = request.headers;
    response.end(JSON.stringify({ ...given, url: NEXTAUTH_URL, secret: NEXTAUTH_SECRET, protocol, address }));
  } catch (error) {
    response.writeHead(503).end(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}).listen(Number(PORT), HOSTNAME);
