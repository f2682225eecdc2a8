// How long the command takes to answer, how many small requests `batch` answers in a second, and how soon the app is ready.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../e2e/fixtures/ports.ts";

const root = path.join(import.meta.dirname, "../..");
const program = path.join(root, "dist/signalbox.mjs");
const REQUESTS = 50_000;
const row = (what, figure) => process.stdout.write(`${what.padEnd(44)} ${figure}\n`);

async function batch(lines) {
  const began = performance.now();
  const child = spawn(process.execPath, [program, "batch"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  let first;
  let answered = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    first ??= performance.now() - began;
    if (!JSON.parse(line).ok) throw new Error(`batch refused: ${line}`);
    answered += 1;
  }
  if (answered !== lines.length) throw new Error(`${answered} answers to ${lines.length} requests`);
  return { first, seconds: (performance.now() - began) / 1000 };
}

const matchers = { op: "matchers", dialect: "utf8", input: '{team="payments",severity=~"critical|warning"}' };
const yaml =
  "route:\n  receiver: default\n  routes:\n    - receiver: default\n      matchers: [a=b]\nreceivers:\n  - name: default\n";
const { first } = await batch([{ id: 0, ...matchers }]);
row("batch, first answer after start", `${first.toFixed(0)} ms`);
for (const [name, request] of Object.entries({
  matchers,
  config: { op: "config", yaml },
  render: { op: "render", yaml },
})) {
  const { seconds } = await batch(Array.from({ length: REQUESTS }, (_, id) => ({ id, ...request })));
  row(`batch, ${name}`, `${Math.round(REQUESTS / seconds)} requests/s`);
}

const dataDir = mkdtempSync(path.join(root, ".bench-"));
const environment = { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: "error" };
for (const name of ["DATABASE_URL", "MIGRATE_DATABASE_URL", "HOST", "PUBLIC_URL", "NEXTAUTH_URL"])
  delete environment[name];
for (const what of ["new", "existing"]) {
  const began = performance.now();
  const app = spawn(process.execPath, [program, "start"], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: app.stdout })) if (line.startsWith("Ctrl-C")) break;
  row(`start to ready, ${what} data folder`, `${((performance.now() - began) / 1000).toFixed(1)} s`);
  app.kill("SIGTERM");
  await new Promise((resolve) => app.once("exit", resolve));
}
rmSync(dataDir, { recursive: true, force: true });
