import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTarget } from "@/lib/targets";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { bundleChild } from "./testing/bundle-child";

const CHILD = path.join(import.meta.dirname, "testing/heap-child.ts");
let database: TestDatabase;
let root: string;
let child: { file: string; folder: string };
let server: Server;
const called: string[] = [];

beforeAll(async () => {
  database = await startTestDatabase();
  root = mkdtempSync(path.join(tmpdir(), "signalbox-heap-"));
  Object.assign(process.env, { TARGET_ROOTS: root, DATA_DIR: path.join(root, "data") });
  child = await bundleChild(CHILD);
  server = createServer((request, response) => {
    called.push(request.url ?? "");
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.close();
  await database.stop();
  rmSync(root, { recursive: true, force: true });
  rmSync(child.folder, { recursive: true, force: true });
});

it("the memory of the process does not hold a secret once it was imported, published and tested", async () => {
  const secret = `canary-${randomBytes(15).toString("hex")}`;
  const control = `control-${randomBytes(15).toString("hex")}`;
  const ctx = await database.addTenant("admin");
  const folder = path.join(root, ctx.tenantSlug);
  mkdirSync(folder);
  const file = path.join(folder, "alertmanager.yml");
  const operator = { id: "operator", requestId: "test" };
  await createTarget(operator, { kind: "file", tenantId: ctx.tenantId, name: "file", path: file, version: "0.28.0" });
  const yaml = path.join(root, "given.yml");
  const webhook = `[{url: "http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}"}]`;
  writeFileSync(yaml, `route: {receiver: a}\nreceivers: [{name: a, webhook_configs: ${webhook}}]\n`);
  const snapshot = path.join(root, "memory.heapsnapshot");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [child.file, JSON.stringify({ ...ctx, tenantName: control }), yaml, snapshot],
    { env: { ...process.env, NODE_ENV: "test", LOG_LEVEL: "silent", OUTBOUND_ALLOW: "test-sends=127.0.0.1" } },
  );
  expect(stdout).toBe("unverified delivered");
  expect(called).toEqual([`/${secret}`]);
  expect(readFileSync(file, "utf8")).toContain(secret);
  const heap = readFileSync(snapshot);
  // What lives as long as the process is found, so what is not found is gone.
  expect(heap.includes(control)).toBe(true);
  expect(heap.includes(secret)).toBe(false);
});
