#!/usr/bin/env node
// Stand-in for Prisma's native schema-engine: same CLI + JSON-RPC on stdio, backed by @prisma/schema-engine-wasm + adapter-pg.
import { appendFileSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const argv = process.argv.slice(2);
const opt = (n) => {
  const i = argv.indexOf(n);
  return i >= 0 ? argv[i + 1] : undefined;
};
if (argv.includes("--version")) {
  console.log("schema-engine-wasm");
  process.exit(0);
}
const url = opt("--datasource") ? JSON.parse(opt("--datasource")).url : undefined;
const { PrismaPg } = require("@prisma/adapter-pg");
const { bindMigrationAwareSqlAdapterFactory } = require("@prisma/driver-adapter-utils");
const pg = require("pg");
const admin = async (sql) => {
  const u = new URL(url);
  const db = decodeURIComponent(u.pathname.slice(1));
  u.pathname = "/postgres";
  u.search = "";
  const c = new pg.Client({ connectionString: u.href });
  await c.connect();
  try {
    await c.query(sql.replace("$db", pg.escapeIdentifier(db)));
  } finally {
    await c.end();
  }
};
const fail = (code, message, meta = {}) => {
  // format understood by the Prisma CLI
  process.stderr.write(
    "{}\n" +
      JSON.stringify({
        timestamp: new Date().toISOString(),
        level: "ERROR",
        fields: { message, is_panic: false, error_code: code, meta },
        target: "schema_engine::logger",
      }),
  );
  process.exit(1);
};
if (argv.includes("cli")) {
  const cmd = argv[argv.indexOf("cli") + 1];
  try {
    if (cmd === "can-connect-to-database") {
      const c = new pg.Client({ connectionString: url });
      await c.connect();
      await c.end();
    } else if (cmd === "create-database") await admin("CREATE DATABASE $db");
    else if (cmd === "drop-database") await admin("DROP DATABASE IF EXISTS $db WITH (FORCE)");
    process.exit(0);
  } catch (e) {
    if (e.code === "3D000") fail("P1003", `Database does not exist`, { database_name: new URL(url).pathname.slice(1) });
    if (e.code === "28P01") fail("P1000", e.message);
    fail("P1001", `Can't reach database server: ${e.message}`);
  }
}
const pkg = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    process.stderr.write("PANIC " + m);
    if (process.env.SHIM_LOG) appendFileSync(process.env.SHIM_LOG, "PANIC " + m + "\n");
  },
};
const glue = await import(path.join(pkg, "schema_engine_bg.js"));
const mod = new WebAssembly.Module(readFileSync(path.join(pkg, "schema_engine_bg.wasm")));
const inst = new WebAssembly.Instance(mod, { "./schema_engine_bg.js": glue });
glue.__wbg_set_wasm(inst.exports);
inst.exports.__wbindgen_start();
const models = [];
{
  const i = argv.indexOf("--datamodels");
  if (i >= 0)
    for (let j = i + 1; j < argv.length && !argv[j].startsWith("--") && argv[j] !== "cli"; j++)
      models.push([argv[j], readFileSync(argv[j], "utf8")]);
}
const u = url ? new URL(url) : null;
const schema = u?.searchParams.get("schema") ?? undefined;
const dbg = (...a) => process.env.SHIM_LOG && appendFileSync(process.env.SHIM_LOG, a.join(" ") + "\n");
process.on("uncaughtException", (e) => {
  dbg("UNCAUGHT", e.stack);
  process.exit(101);
});
process.on("exit", (c) => dbg("EXIT", c));
// adapter-pg has no mapping for PostgreSQL's internal "char" (oid 18) that the schema describer reads: present it as text
const fixChar = (a) => {
  const io = a.performIO.bind(a),
    qr = a.queryRaw.bind(a),
    seen = new WeakMap();
  a.performIO = async (q) => {
    const r = await io(q);
    seen.set(
      q,
      (r.fields ?? []).flatMap((f, i) => (f.dataTypeID === 18 ? ((f.dataTypeID = 25), [i]) : [])),
    );
    return r;
  };
  a.queryRaw = async (q) => {
    const r = await qr(q);
    for (const i of seen.get(q) ?? []) r.columnTypes[i] = 6;
    return r;
  }; // 6 = ColumnTypeEnum.Character
  // adapter-pg splits scripts on every ';' (breaks $$ bodies); one simple-protocol query = one implicit transaction, as the native engine does
  a.executeScript = async (sql) => {
    try {
      await a.client.query(sql);
    } catch (e) {
      a.onError(e);
    }
  };
  if (a.startTransaction) {
    const s = a.startTransaction.bind(a);
    a.startTransaction = async (i) => fixChar(await s(i));
  }
  return a;
};
// discrete fields, NOT connectionString: pg lets connectionString win over `database`, so connectToShadowDb() would hit the main database
const cfg = (database) => ({
  host: u.hostname,
  port: Number(u.port || 5432),
  user: decodeURIComponent(u.username),
  password: decodeURIComponent(u.password),
  database,
  ssl: ["require", "verify-full"].includes(u.searchParams.get("sslmode")) ? {} : undefined,
  max: 3,
});
const mainDb = u ? decodeURIComponent(u.pathname.slice(1)) : undefined;
const connect = async (db) => fixChar(await new PrismaPg(cfg(db), { schema }).connect());
// adapter-pg's own connectToShadowDb drops the database before closing its pool (always fails), so do it here
const connectToShadowDb = async () => {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`,
    c = new pg.Client(cfg(mainDb));
  await c.connect();
  await c.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const a = await connect(name),
    end = a.dispose.bind(a);
  a.dispose = async () => {
    await end();
    await c.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await c.end();
  };
  return a;
};
const factory = bindMigrationAwareSqlAdapterFactory({
  provider: "postgres",
  adapterName: "@prisma/adapter-pg",
  connect: () => connect(mainDb),
  connectToShadowDb,
});
let engine;
const get = () =>
  (engine ??= glue.SchemaEngine.new(
    { datamodels: models.length ? models : undefined },
    (l) => {
      dbg("LOG", l);
    },
    factory,
  ));
const out = (o) => (dbg("OUT", JSON.stringify(o).slice(0, 400)), process.stdout.write(JSON.stringify(o) + "\n"));
let chain = Promise.resolve();
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { id, method, params } = JSON.parse(line);
  if (!method) continue; // the CLI's reply to our print
  chain = chain.then(async () => {
    try {
      dbg("RPC", id, method, JSON.stringify(params)?.slice(0, 400));
      if (method === "createDatabase") {
        await admin("CREATE DATABASE $db");
        return out({ jsonrpc: "2.0", id, result: { databaseName: u.pathname.slice(1) } });
      }
      const name = method === "getDatabaseVersion" ? "version" : method;
      const result = await (await get())[name](params);
      if (method === "diff" && result?.stdout) {
        out({ jsonrpc: "2.0", id: 1e9 + id, method: "print", params: { content: result.stdout } });
      }
      out({ jsonrpc: "2.0", id, result: result ?? null });
    } catch (e) {
      const msg = e?.message ?? String(e);
      out({
        jsonrpc: "2.0",
        id,
        error: {
          code: 4466,
          message: "An error happened. Check the data field for details.",
          data: { is_panic: false, message: msg, meta: e?.meta ?? null, error_code: e?.code },
        },
      });
    }
  });
}
await chain;
process.exit(0);
