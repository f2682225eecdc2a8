// Publishes again and again to a real Alertmanager while the web process and PostgreSQL are killed at random. At the end every
// publication must have an outcome, the last verified one must be what runs, and the audit logs must be whole.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startAlertmanager } from "../../e2e/fixtures/alertmanager.ts";
import { freePort } from "../../e2e/fixtures/ports.ts";

const root = path.join(import.meta.dirname, "../..");
const end = Date.now() + Number(process.env.SOAK_MINUTES ?? 10) * 60_000;
mkdirSync(path.join(root, "test-results"), { recursive: true });
const folder = mkdtempSync(path.join(root, "test-results/soak-"));
const dataDir = path.join(folder, "data");
const targets = path.join(folder, "targets");
mkdirSync(targets);

const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const environment = {
  ...process.env,
  PORT: String(port),
  HOST: "127.0.0.1",
  DATA_DIR: dataDir,
  TARGET_ROOTS: targets,
  OUTBOUND_ALLOW: "targets=127.0.0.1",
  LOG_LEVEL: "error",
};
for (const name of ["DATABASE_URL", "MIGRATE_DATABASE_URL", "PUBLIC_URL", "NEXTAUTH_URL"]) delete environment[name];

const alertmanager = await startAlertmanager("route: {receiver: first}\nreceivers: [{name: first}]\n", targets);
const app = spawn(process.execPath, [path.join(root, "dist/signalbox.mjs"), "start"], { cwd: root, env: environment });
app.stderr.pipe(process.stderr);

async function signInLink() {
  let said = "";
  for await (const chunk of app.stdout) {
    said += chunk;
    const found = said.match(/https?:\S+token=([\w-]+)/);
    if (found) return found[1];
  }
  throw new Error(`The app ended: ${said}`);
}

const cookies = new Map();

async function call(method, where, { body, form } = {}) {
  const answer = await fetch(base + where, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(20_000),
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      origin: base,
      "x-signalbox-csrf": "1",
      ...(body ? { "content-type": "application/json" } : {}),
    },
    body: body ? JSON.stringify(body) : form ? new URLSearchParams(form) : undefined,
  });
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
    cookies.set(name, value);
  }
  const text = await answer.text();
  if (answer.status >= 400) {
    throw Object.assign(new Error(`${method} ${where}: ${answer.status} ${text}`), { status: answer.status });
  }
  return text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
}

/** Until it succeeds: the server may be dead just now. A refusal (4xx) is an answer, and is handed on. */
async function insist(work, patience = 60_000) {
  for (const deadline = Date.now() + patience; ; await sleep(250)) {
    try {
      return await work();
    } catch (error) {
      if ((error.status ?? 500) < 500 || Date.now() > deadline) throw error;
    }
  }
}

const token = await signInLink();
const { csrfToken } = await call("GET", "/api/auth/csrf");
await call("POST", "/api/auth/callback/link", { form: { csrfToken, token, json: "true" } });
const tenant = (await call("GET", "/api/platform/tenants")).find(({ slug }) => slug === "demo");
const replica = { configPath: alertmanager.configPath, url: alertmanager.url };
await call("POST", "/api/platform/targets", {
  body: { kind: "alertmanager", tenantId: tenant.id, name: "Soak", replicas: [replica] },
});

const kills = { web: 0, postgres: 0 };
let killing = true;
async function killAtRandom() {
  while (killing) {
    await sleep(3_000 + Math.random() * 6_000);
    const what = Math.random() < 0.6 ? "web" : "postgres";
    try {
      const pid =
        what === "web"
          ? execFileSync("pgrep", ["-P", String(app.pid), "-f", "server.js"], { encoding: "utf8" }).split("\n")[0]
          : readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0];
      if (!killing) return;
      process.kill(Number(pid), "SIGKILL");
      kills[what] += 1;
    } catch {
      // It is dead already.
    }
  }
}
const killer = killAtRandom();

const outcomes = {};
let published = 0;
let lastVerified = "first";
while (Date.now() < end) {
  published += 1;
  const receiver = `soak-${published}`;
  const yaml = `route:\n  receiver: ${receiver}\nreceivers:\n  - name: ${receiver}\n`;
  try {
    const { change } = await insist(() => call("POST", "/api/demo/import", { body: { yaml, title: receiver } }));
    const request = () =>
      call("POST", `/api/demo/changes/${change.id}/publish`, { body: { comment: receiver, overwriteDrift: true } });
    // An answer may get lost after the request was taken: then the change is not a draft any more, and the list has it.
    await insist(request).catch((error) => {
      if (error.status !== 409 && error.status !== 404) throw error;
    });
    const outcome = await insist(async () => {
      const all = await call("GET", "/api/demo/publications");
      const mine = all.find(({ changeId }) => changeId === change.id);
      if (!mine || ["requested", "running"].includes(mine.status)) throw new Error(`still ${mine?.status}`);
      return mine.status;
    }, 120_000);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (outcome === "verified") lastVerified = receiver;
  } catch (error) {
    outcomes[`error: ${error.message.slice(0, 200)}`] = (outcomes[`error: ${error.message.slice(0, 200)}`] ?? 0) + 1;
  }
}
killing = false;
await killer;

await insist(() => call("GET", "/readyz"));
const all = await insist(() => call("GET", "/api/demo/publications"));
const open = all.filter(({ status }) => status === "requested" || status === "running").length;
const running = (await (await fetch(`${alertmanager.url}/api/v2/status`)).json()).config.original;
const audit = spawn(process.execPath, [path.join(root, "dist/signalbox.mjs"), "audit", "verify"], {
  cwd: root,
  env: environment,
  stdio: "inherit",
});
const auditCode = await new Promise((resolve) => audit.once("exit", resolve));

app.kill("SIGTERM");
await new Promise((resolve) => app.once("exit", resolve));
await alertmanager.stop();

const problems = [
  ...(open > 0 ? [`${open} publications have no outcome`] : []),
  ...(running.includes(`name: ${lastVerified}\n`) ? [] : [`Alertmanager does not run ${lastVerified}`]),
  ...(auditCode === 0 ? [] : ["the audit logs are not whole"]),
  ...Object.keys(outcomes).filter((outcome) => outcome.startsWith("error")),
];
process.stdout.write(`${JSON.stringify({ published, outcomes, kills, lastVerified, problems }, null, 2)}\n`);
if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
process.exitCode = problems.length > 0 ? 1 : 0;
