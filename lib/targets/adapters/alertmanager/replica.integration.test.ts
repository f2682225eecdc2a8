import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { guardedRequest, parseAllowList } from "@/lib/resilience";
import { digestOf, replacePlace, templateFolderName } from "../file/file-place";
import { observeVersion, type Replica, reloadReplica, type Send, verifyReplica } from "./replica";

const FIRST = "route: {receiver: a}\nreceivers: [{name: a}]\n";
const allow = parseAllowList("targets=127.0.0.1");
const send: Send = (request) => guardedRequest(request, allow);
const md5 = (text: string) => createHash("md5").update(text).digest().readUIntLE(0, 6);

describe.skipIf(!ALERTMANAGER_BINARY)("a real Alertmanager", () => {
  let root: string;
  let running: RunningAlertmanager;
  let replica: Replica;
  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), "signalbox-replica-"));
    running = await startAlertmanager(FIRST, root);
    replica = { name: "am-0", url: running.url, routePrefix: "", auth: { type: "none" } };
  });
  afterAll(async () => {
    await running.stop();
    await rm(root, { recursive: true, force: true });
  });
  const place = () => ({ path: running.configPath, mode: 0o640, group: null });

  it("proves what it runs, and tells its version", async () => {
    expect(await verifyReplica(send, replica, md5(FIRST), delay)).toEqual({ kind: "verified" });
    expect(await observeVersion(send, replica)).toMatch(/^0\.\d+\.\d+/);
  });

  it("takes a configuration and its templates in one rename", async () => {
    const templates = [{ name: "own.tmpl", content: '{{ define "own" }}x{{ end }}' }];
    const folder = templateFolderName(running.configPath, templates);
    const next = `${FIRST}templates: ["${folder}/*.tmpl"]\n`;
    await replacePlace(place(), [root], digestOf(FIRST), { text: next, templates });
    expect(await verifyReplica(send, replica, md5(next), async () => {})).toMatchObject({ kind: "mismatch" });
    expect(await reloadReplica(send, replica, [])).toEqual({ kind: "accepted" });
    expect(await verifyReplica(send, replica, md5(next), delay)).toEqual({ kind: "verified" });
  });

  it("says in its own words why it refuses", async () => {
    const before = await readFile(running.configPath, "utf8");
    const next = FIRST.replace(
      "{name: a}",
      "{name: a, webhook_configs: [{url: 'http://h/', http_config: {tls_config: {ca_file: /none/ca.pem}}}]}",
    );
    await replacePlace(place(), [root], digestOf(before), { text: next, templates: [] });
    const outcome = await reloadReplica(send, replica, []);
    expect(outcome).toMatchObject({
      kind: "refused",
      words: expect.stringContaining("open /none/ca.pem: no such file"),
    });
    expect(await verifyReplica(send, replica, md5(next), async () => {})).toMatchObject({ kind: "mismatch" });
  });
});
