import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import {
  checkMigrations,
  disconnectDatabase,
  type EmbeddedPostgres,
  type MoveWorker,
  migrate,
  startEmbeddedPostgres,
} from "@/lib/database";
import { type Env, env } from "@/lib/env";
import { logger } from "@/lib/observability";
import { parseAllowList, parseTrustedProxies } from "@/lib/resilience";
import { bootstrap } from "@/lib/tenancy";
import { whoIsAnswered } from "./in-clear";
import { readTls, tlsFiles } from "./listener";
import { moveTenants } from "./move-tenants";
import { programRoot } from "./program-root";
import { seedDemo } from "./seed-demo";
import { sessionSecret } from "./session-secret";
import { runWebProcess, untilReady } from "./web-process";

const HELP = `usage: signalbox start [--demo]

Starts the app and stops everything that it started on Ctrl-C.

  --demo                gives a new installation a tenant with a configuration to look at

  PORT, HOST            where it listens (3000, 127.0.0.1)
  PUBLIC_URL            what people type into the browser (http://HOST:PORT)
  TLS_CERT_FILE, TLS_KEY_FILE   certificate and key of the listener; it then speaks https. Without them, a HOST that is not
                        this machine alone wants a TLS proxy in front (PUBLIC_URL, TRUSTED_PROXIES), or PLAIN_HTTP=yes
  DATA_DIR              keys, and PostgreSQL's data (.data)
  DATABASE_URL          your own PostgreSQL, as the role signalbox_app; unset: one is started in DATA_DIR
  MIGRATE_DATABASE_URL  the same database as its owner; unset: migrate it yourself with \`signalbox migrate\`

README.md describes all variables.
`;

const log = () => logger("cli");

export async function run(argv: string[]): Promise<number> {
  const demo = argv[0] === "--demo";
  if (argv.length > (demo ? 1 : 0)) {
    process.stdout.write(HELP);
    return argv.includes("--help") ? 0 : 2;
  }
  const root = programRoot();
  if (!existsSync(path.join(root, ".next/standalone/server.js"))) {
    throw new Error("The app is not built. Run `npm run build`, or `make run`.");
  }
  const settings = env();
  requireUsable(settings);
  await requireFreePort(settings);
  const asked = stopRequest();

  const database = await openDatabase(settings, root);
  const ownerUrl = database?.ownerUrl ?? settings.MIGRATE_DATABASE_URL;
  let moves: MoveWorker | undefined;
  try {
    return await serve(settings, root, asked, demo, () => {
      if (ownerUrl) moves = moveTenants(ownerUrl, path.join(root, "prisma/migrations"));
    });
  } finally {
    await moves?.stop();
    await disconnectDatabase();
    await database?.stop();
  }
}

// Both URLs are put into our own environment, so that the rooms below find the database as they do everywhere.
async function openDatabase(settings: Env, root: string): Promise<EmbeddedPostgres | null> {
  const migrations = path.join(root, "prisma/migrations");
  if (settings.DATABASE_URL) {
    if (settings.MIGRATE_DATABASE_URL) report(await migrate(settings.MIGRATE_DATABASE_URL, migrations));
    return null;
  }
  const server = await startEmbeddedPostgres({
    dataDir: settings.DATA_DIR,
    root,
    report: (event, detail) => log().warn({ detail }, `PostgreSQL: ${event}`),
  });
  log().info({ port: server.port, adopted: server.adopted }, "PostgreSQL runs");
  try {
    report(await migrate(server.ownerUrl, migrations));
  } catch (error) {
    await server.stop();
    throw error;
  }
  process.env.DATABASE_URL = server.appUrl;
  return server;
}

function report(applied: string[]): void {
  if (applied.length > 0) log().info({ applied }, "migrations applied");
}

/** What the app is given; put into our own environment too, because the first person's link is made here. */
function appVariables(settings: Env, root: string): Record<string, string | undefined> {
  const url = settings.PUBLIC_URL ?? settings.NEXTAUTH_URL ?? ownUrl(settings);
  const absolute = (file: string | undefined) => file && path.resolve(file);
  return {
    NODE_ENV: "production",
    PORT: String(settings.PORT),
    HOSTNAME: settings.HOST,
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: settings.NEXTAUTH_SECRET ?? sessionSecret(settings.DATA_DIR),
    // Next changes into its own folder, so a relative one would mean another there.
    DATA_DIR: settings.DATA_DIR,
    KEY_FILE: absolute(settings.KEY_FILE),
    PKCS11_PIN_FILE: absolute(settings.PKCS11_PIN_FILE),
    TLS_CERT_FILE: absolute(settings.TLS_CERT_FILE),
    TLS_KEY_FILE: absolute(settings.TLS_KEY_FILE),
    MIGRATIONS_DIR: path.join(root, "prisma/migrations"),
    TARGET_ROOTS: settings.TARGET_ROOTS || path.join(settings.DATA_DIR, "targets"),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

async function serve(
  settings: Env,
  root: string,
  asked: Promise<string>,
  demo: boolean,
  prepared: () => void,
): Promise<number> {
  // The web process never holds the owner's password.
  delete process.env.MIGRATE_DATABASE_URL;
  for (const [name, value] of Object.entries(appVariables(settings, root))) if (value) process.env[name] = value;
  await checkMigrations();
  const { link, created } = await bootstrap();
  if (demo && created) {
    const targetRoot = env().TARGET_ROOTS.split(":")[0] ?? "";
    // An empty tenant is no reason not to start.
    await seedDemo(created.tenantId, created.adminId, targetRoot).catch((err: unknown) =>
      log().error({ err }, "no demo"),
    );
  }
  await disconnectDatabase();
  prepared();

  const web = runWebProcess(root);
  try {
    if ((await Promise.race([untilReady(web.ended), asked])) !== undefined) return 0;
    process.stdout.write(greeting(env().PUBLIC_URL ?? "", link));
    const reason = await Promise.race([asked.then(() => null), web.ended]);
    if (reason) process.stderr.write(`signalbox: ${reason}\n`);
    return reason ? 1 : 0;
  } finally {
    await web.stop();
  }
}

function greeting(url: string, first: { link: string; expiresAt: Date } | null): string {
  const minutes = first ? Math.round((first.expiresAt.getTime() - Date.now()) / 60_000) : 0;
  const signIn = first ? `Sign in:   ${first.link}\n           (works once, for ${minutes} minutes)\n` : "";
  return `\nSignalbox: ${url}\n${signIn}\nCtrl-C stops it.\n`;
}

/** A person's browser wants a name where a listener may have "all of them". */
function ownUrl({ HOST, PORT, TLS_CERT_FILE }: Env): string {
  const name = HOST === "0.0.0.0" || HOST === "::" ? "localhost" : HOST.includes(":") ? `[${HOST}]` : HOST;
  return `${TLS_CERT_FILE ? "https" : "http"}://${name}:${PORT}`;
}

/** What only the web process uses is looked at here too: a wrong one is said at once, and in words. */
function requireUsable(settings: Env): void {
  parseTrustedProxies(settings.TRUSTED_PROXIES);
  parseAllowList(settings.OUTBOUND_ALLOW);
  whoIsAnswered(settings);
  const files = tlsFiles();
  if (files) readTls(files);
}

/** Resolves at the first Ctrl-C or its like; the handler stays, so that a second one does not leave PostgreSQL behind. */
function stopRequest(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
  });
}

async function requireFreePort({ HOST, PORT }: Env): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) =>
      reject(new Error(`Port ${PORT} of ${HOST} cannot be used (${error.message}). Set PORT to another one.`)),
    );
    probe.listen(PORT, HOST, () => probe.close(() => resolve()));
  });
}
