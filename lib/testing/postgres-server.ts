import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate, startEmbeddedPostgres } from "@/lib/database";
import { env } from "@/lib/env";

declare module "vitest" {
  export interface ProvidedContext {
    postgres: { ownerUrl: string; appUrl: string; template: string };
  }
}

const TEMPLATE = "signalbox_test_template";

/** Once per run of the integration tests: a server, and a migrated database that each suite gets a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { DATABASE_URL, MIGRATE_DATABASE_URL } = env();
  const given = DATABASE_URL && MIGRATE_DATABASE_URL ? { appUrl: DATABASE_URL, ownerUrl: MIGRATE_DATABASE_URL } : null;
  const { stop, ...server } = given ? { ...given, stop: async () => undefined } : await startServer();
  await createTemplate(server.ownerUrl);
  project.provide("postgres", { ...server, template: TEMPLATE });
  return stop;
}

async function startServer(): Promise<{ appUrl: string; ownerUrl: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "signalbox-test-"));
  // Root gives the data to nobody, who has to get there.
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, root: process.cwd(), volatile: true });
  const kill = () => process.kill(server.pid(), "SIGQUIT");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  return { appUrl: server.appUrl, ownerUrl: server.ownerUrl, stop };
}

async function createTemplate(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  owner.on("error", () => undefined);
  await owner.connect();
  await owner.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await owner.query(`CREATE DATABASE ${TEMPLATE}`);
  await owner.end();
  const url = new URL(ownerUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href, path.join(process.cwd(), "prisma/migrations"));
}
