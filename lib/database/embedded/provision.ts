import pg from "pg";
import type { Passwords } from "./passwords";

export const DATABASE = "signalbox";

/**
 * Makes the roles and the database. The owner may look across tenants (its functions do); the app never may. Both passwords
 * are set on each start: the file is the truth.
 */
export async function provision(client: pg.Client, passwords: Passwords): Promise<void> {
  await ensureRole(client, "signalbox_owner", "LOGIN NOSUPERUSER BYPASSRLS CREATEDB CREATEROLE", passwords.owner);
  await ensureRole(client, "signalbox_app", "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE", passwords.app);
  // The owner may then end the app's sessions, which dropping a database wants.
  await client.query("GRANT signalbox_app TO signalbox_owner");
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
  if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE} OWNER signalbox_owner`);
  await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO signalbox_app`);
}

async function ensureRole(client: pg.Client, name: string, rights: string, password: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const verb = rowCount ? "ALTER" : "CREATE";
  await client.query(`${verb} ROLE ${name} ${rights} PASSWORD ${pg.escapeLiteral(password)}`);
}
