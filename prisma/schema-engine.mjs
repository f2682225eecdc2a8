#!/usr/bin/env node
// Speaks the command line and the JSON-RPC of Prisma's native schema engine, and runs the engine's WASM build over
// @prisma/adapter-pg. For authoring migrations where the native engine cannot be downloaded; the app needs neither.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { PrismaPg } = require("@prisma/adapter-pg");
const { bindMigrationAwareSqlAdapterFactory } = require("@prisma/driver-adapter-utils");
const pg = require("pg");

const CHAR_OID = 18;
const TEXT_OID = 25;
const CHARACTER_COLUMN = 6;

const argv = process.argv.slice(2);
const after = (name) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);

if (argv.includes("--version")) {
  process.stdout.write("schema-engine-wasm\n");
  process.exit(0);
}

const datasource = after("--datasource");
const url = datasource ? new URL(JSON.parse(datasource).url) : null;
const mainDatabase = url ? decodeURIComponent(url.pathname.slice(1)) : undefined;

// Separate fields, not a connection string: pg lets that win over `database`, and a shadow would be the main database.
function connection(database) {
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    ssl: ["require", "verify-full"].includes(url.searchParams.get("sslmode")) ? {} : undefined,
    max: 3,
  };
}

async function asAdministrator(sql) {
  const client = new pg.Client(connection("postgres"));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const createDatabase = () => asAdministrator(`CREATE DATABASE ${pg.escapeIdentifier(mainDatabase)}`);

/** Errors of `cli …` go to stderr as one JSON log line after a first line that the CLI skips. */
function fail(code, message, meta = {}) {
  const fields = { message, is_panic: false, error_code: code, meta };
  const line = { timestamp: new Date().toISOString(), level: "ERROR", fields, target: "schema_engine::logger" };
  process.stderr.write(`{}\n${JSON.stringify(line)}`);
  process.exit(1);
}

async function runCli(command) {
  try {
    if (command === "can-connect-to-database") {
      const client = new pg.Client(connection(mainDatabase));
      await client.connect();
      await client.end();
    } else if (command === "create-database") {
      await createDatabase();
    } else if (command === "drop-database") {
      await asAdministrator(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(mainDatabase)} WITH (FORCE)`);
    }
    process.exit(0);
  } catch (error) {
    if (error.code === "3D000") fail("P1003", "Database does not exist", { database_name: mainDatabase });
    if (error.code === "28P01") fail("P1000", error.message);
    fail("P1001", `Can't reach database server: ${error.message}`);
  }
}

function repair(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap();
  // adapter-pg does not know PostgreSQL's internal "char", which the describer reads: present it as text.
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const columns = [];
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR_OID) continue;
      field.dataTypeID = TEXT_OID;
      columns.push(index);
    }
    charColumns.set(query, columns);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = CHARACTER_COLUMN;
    return result;
  };
  // adapter-pg splits at each `;`, also inside of $$ bodies. One simple query is one transaction, as the native engine does it.
  adapter.executeScript = async (sql) => {
    try {
      await adapter.client.query(sql);
    } catch (error) {
      adapter.onError(error);
    }
  };
  if (adapter.startTransaction) {
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => repair(await startTransaction(isolation));
  }
  return adapter;
}

const schema = url?.searchParams.get("schema") ?? undefined;
const connect = async (database) => repair(await new PrismaPg(connection(database), { schema }).connect());

// adapter-pg's own drops the database before it closes its pool, which always fails.
async function connectToShadowDb() {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  const client = new pg.Client(connection(mainDatabase));
  await client.connect();
  await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const adapter = await connect(name);
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.end();
  };
  return adapter;
}

async function loadEngine() {
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`PANIC ${message}`) };
  const glue = await import(path.join(folder, "schema_engine_bg.js"));
  const module = new WebAssembly.Module(readFileSync(path.join(folder, "schema_engine_bg.wasm")));
  const { exports } = new WebAssembly.Instance(module, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return glue;
}

function datamodels() {
  const from = argv.indexOf("--datamodels");
  if (from < 0) return undefined;
  const rest = argv.slice(from + 1);
  const end = rest.findIndex((word) => word.startsWith("--") || word === "cli");
  return (end < 0 ? rest : rest.slice(0, end)).map((file) => [file, readFileSync(file, "utf8")]);
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function answer(engine, { id, method, params }) {
  try {
    if (method === "createDatabase") {
      await createDatabase();
      send({ id, result: { databaseName: mainDatabase } });
      return;
    }
    const result = await (await engine())[method === "getDatabaseVersion" ? "version" : method](params);
    if (method === "diff" && result?.stdout) {
      send({ id: 1e9 + id, method: "print", params: { content: result.stdout } });
    }
    send({ id, result: result ?? null });
  } catch (error) {
    const message = error?.message ?? String(error);
    const data = { is_panic: false, message, meta: error?.meta ?? null, error_code: error?.code };
    send({ id, error: { code: 4466, message: "An error happened. Check the data field for details.", data } });
  }
}

if (argv.includes("cli")) await runCli(after("cli"));

process.on("uncaughtException", () => process.exit(101));
const glue = await loadEngine();
const factory = bindMigrationAwareSqlAdapterFactory({
  provider: "postgres",
  adapterName: "@prisma/adapter-pg",
  connect: () => connect(mainDatabase),
  connectToShadowDb,
});
let created;
const engine = () => {
  created ??= glue.SchemaEngine.new({ datamodels: datamodels() }, () => undefined, factory);
  return created;
};
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const message = JSON.parse(line);
  // Without a method it is the CLI's reply to our `print`.
  if (message.method) await answer(engine, message);
}
process.exit(0);
