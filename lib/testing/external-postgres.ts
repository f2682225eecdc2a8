import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "@/lib/database";

const PASSWORD = "of-a-test";

/** What README.md says to an operator who has a server: its SQL, and what tests need beyond it. */
function statements(): string[] {
  const text = readFileSync("README.md", "utf8");
  const [, sql] = /^```sql\n(.*?)^```$/ms.exec(text) ?? [];
  const [, more] = /^# (ALTER ROLE .*)$/m.exec(text) ?? [];
  if (!sql || !more) throw new Error("README.md does not say how to set a server up.");
  return `${sql}${more}`
    .split(";")
    .map((statement) => statement.trim().replace("'…'", `'${PASSWORD}'`))
    .filter(Boolean);
}

const dataDir = mkdtempSync(path.join(tmpdir(), "signalbox-external-"));
// Root gives the data to nobody, who has to get there.
chmodSync(dataDir, 0o755);
const server = await startEmbeddedPostgres({ dataDir, root: process.cwd(), volatile: true });
try {
  const superuser = new pg.Client({ connectionString: server.superuserUrl });
  await superuser.connect();
  // As it is before anybody set it up.
  for (const made of ["DATABASE signalbox", "ROLE signalbox_app", "ROLE signalbox_owner"]) {
    await superuser.query(`DROP ${made}`);
  }
  for (const statement of statements()) await superuser.query(statement);
  await superuser.end();

  const url = (role: string) => `postgresql://${role}:${PASSWORD}@127.0.0.1:${server.port}/signalbox`;
  const env = { ...process.env, DATABASE_URL: url("signalbox_app"), MIGRATE_DATABASE_URL: url("signalbox_owner") };
  const [command = "", ...args] = process.argv.slice(2);
  process.exitCode = await new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
