import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "@/e2e/fixtures/ports";

// Not this file's place: what runs may be a bundle that lies elsewhere.
const ROOT = process.cwd();

/** What an operator of this machine may have set, and what would lead the app elsewhere. */
const NOT_OURS = [
  "DATABASE_URL",
  "MIGRATE_DATABASE_URL",
  "PUBLIC_URL",
  "NEXTAUTH_URL",
  "NEXTAUTH_SECRET",
  "KEY_FILE",
  "NODE_ENV",
  "OIDC_ISSUER",
];

export interface RunningApp {
  base: string;
  dataDir: string;
  pid: number;
  /** The token of the link that signs the first admin in; null when somebody signed in before. */
  token: string | null;
  readyAfterMs: number;
  /** All that its processes said until now, where that was asked for. */
  output(): string;
  /** Resolves when it ended, whoever ended it. */
  ended: Promise<unknown>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** The built product as people start it, on a free port, in a folder of its own. */
export async function startApp(
  folder: string,
  settings: Record<string, string> = {},
  { keepOutput = false }: { keepOutput?: boolean } = {},
): Promise<RunningApp> {
  const dataDir = path.join(folder, "data");
  const targets = path.join(folder, "targets");
  mkdirSync(targets, { recursive: true });
  const port = Number(settings.PORT ?? (await freePort()));
  const base = `http://127.0.0.1:${port}`;
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_OURS.includes(name)));
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, "dist/signalbox.mjs"), "start"], {
    cwd: ROOT,
    env: {
      ...rest,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      TARGET_ROOTS: targets,
      OUTBOUND_ALLOW: "targets=127.0.0.1",
      LOG_LEVEL: "error",
      SIGN_IN_RATE_LIMIT: "1000",
      API_RATE_LIMIT: "1000000",
      ...settings,
    },
    stdio: ["ignore", "pipe", keepOutput ? "pipe" : "inherit"],
  });
  let output = "";
  if (keepOutput) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (part) => {
        output += part;
      });
    }
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let said = "";
  const { stdout } = child;
  if (!stdout) throw new Error("The app has no stdout");
  for await (const line of createInterface({ input: stdout })) {
    said += `${line}\n`;
    if (line.startsWith("Ctrl-C")) break;
  }
  if (!said.includes("Ctrl-C")) throw new Error(`The app did not start: ${said}`);
  stdout.resume();
  return {
    base,
    dataDir,
    pid: child.pid ?? 0,
    token: said.match(/token=([\w-]+)/)?.[1] ?? null,
    readyAfterMs: performance.now() - began,
    ended,
    output: () => output,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await ended;
    },
  };
}
