import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { diffConfig } from "@/lib/alertmanager";
import { getChange, getLive, importConfiguration } from "@/lib/configuration";
import {
  acknowledgeDrift,
  createTarget,
  deleteTarget,
  listAllTargets,
  listTargets,
  readForImport,
  readLive,
  targetProfileFor,
} from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import {
  acknowledgePublication,
  bringBack,
  getPublication,
  listPublications,
  publishAgain,
  requestPublication,
  startPublishingWorker,
  targetDifference,
} from ".";
import { isFinal, type PublicationDto, type RequestPublication } from "./contract";
import { countDrifted } from "./watch-drift";

const SECRET = "https://hooks.slack.example/services/T0/B0/very-secret";
const FOREIGN = `# by hand\nroute: {receiver: a}\nreceivers: [{name: a, slack_configs: [{api_url: "${SECRET}", channel: "#x"}]}]\n`;
const OPERATOR = { id: "operator", requestId: "test" };

let database: TestDatabase;
let root: string;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-publish-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    OUTBOUND_ALLOW: "targets=127.0.0.1",
    DATA_DIR: path.join(root, "data"),
  });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});

let ctx: TenantContext;
let folder: string;
let worker: ReturnType<typeof startPublishingWorker>;
beforeEach(async () => {
  const tenantId = randomUUID();
  const slug = `t-${tenantId.slice(0, 8)}`;
  await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, $2, $2)", [tenantId, slug]);
  const actor = { type: "person", id: randomUUID() } as const;
  ctx = { tenantId, tenantSlug: slug, tenantName: slug, actor, role: "admin", requestId: "test" };
  folder = path.join(root, slug);
  await mkdir(folder);
  worker = startPublishingWorker({ pollMs: 30 });
});
afterEach(() => worker.stop());

async function importing(yaml: string, templates: { name: string; content: string }[] = []): Promise<string> {
  return (await importConfiguration(ctx, { yaml, templates })).change.id;
}

async function publish(changeId: string, more: Partial<RequestPublication> = {}): Promise<PublicationDto> {
  const { id, status } = await requestPublication(ctx, { changeId, ...more });
  expect(["requested", "running"]).toContain(status);
  return untilEnded(id);
}

async function untilEnded(id: string): Promise<PublicationDto> {
  for (let tries = 0; tries < 400; tries++) {
    const found = await getPublication(ctx, id);
    if (isFinal(found.status)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The publication did not end.");
}

const yamlWith = (comment: string, receiver = "{name: a}") =>
  `# ${comment}\nroute: {receiver: a}\nreceivers: [${receiver}]\n`;

describe("a bare file", () => {
  const file = () => path.join(folder, "alertmanager.yml");
  beforeEach(() =>
    createTarget(OPERATOR, { kind: "file", tenantId: ctx.tenantId, name: "file", path: file(), version: "0.25.0" }),
  );

  it("is written with its templates, and never called verified", async () => {
    const templates = [{ name: "own.tmpl", content: '{{ define "own" }}x{{ end }}' }];
    const published = await publish(await importing(yamlWith("one"), templates), { comment: "first" });
    expect(published).toMatchObject({ status: "unverified", revision: 1, comment: "first" });
    expect(await readFile(file(), "utf8")).toContain("# one");
    expect((await stat(file())).mode & 0o007).toBe(0);
    const [templateFolder = ""] = (await readdir(folder)).filter((name) => name.includes(".templates-"));
    expect(await readFile(file(), "utf8")).toContain(templateFolder);
    expect(await readFile(path.join(folder, templateFolder, "own.tmpl"), "utf8")).toBe(templates[0]?.content);
    expect(await listTargets(ctx)).toMatchObject([
      { drift: { state: "in_sync" }, publishedRevision: 1, version: "0.25.0" },
    ]);
    expect((await getLive(ctx, {})).revision).toBe(1);
  });

  it("offers a foreign file for import, and overwrites any but the imported bytes only when told", async () => {
    await writeFile(file(), FOREIGN);
    const [target] = await listTargets(ctx);
    expect(target?.drift.state).toBe("foreign");
    const another = await importing(yamlWith("another"));
    await expect(requestPublication(ctx, { changeId: another })).rejects.toMatchObject({ code: "foreign_file" });
    expect((await getChange(ctx, { id: another })).status).toBe("draft");
    const change = await importing((await readForImport(ctx, target!.id)).yaml ?? "");
    await writeFile(file(), `${FOREIGN}# touched since\n`);
    await expect(requestPublication(ctx, { changeId: change })).rejects.toMatchObject({ code: "foreign_file" });
    await writeFile(file(), FOREIGN);
    expect(await publish(change)).toMatchObject({ status: "unverified", replaced: false });
    expect(await readFile(file(), "utf8")).toBe(FOREIGN);
    const live = await readLive(ctx, target!.id);
    expect(live).toMatchObject({ drift: false, state: "in_sync", version: "0.25.0" });
    expect(live.yaml).toContain("<secret>");
    expect(live.yaml).not.toContain(SECRET);
  });

  it("is published once, however many workers there are", async () => {
    const more = [1, 2, 3].map(() => startPublishingWorker({ pollMs: 5 }));
    const { id } = await publish(await importing(yamlWith("one")));
    await Promise.all(more.map((other) => other.stop()));
    const ends = await database.asOwner("SELECT type FROM events WHERE stream_id = $1 ORDER BY position", [id]);
    expect(ends).toEqual([{ type: "PublicationRequested" }, { type: "PublicationEnded" }]);
    const [row] = await database.asOwner<{ attempts: number }>("SELECT attempts FROM publications WHERE id = $1", [id]);
    expect(row?.attempts).toBe(1);
  });

  it("refuses to publish over drift unless told", async () => {
    await publish(await importing(yamlWith("one")));
    await writeFile(file(), yamlWith("by hand"));
    const change = await importing(yamlWith("two"));
    await expect(requestPublication(ctx, { changeId: change })).rejects.toMatchObject({ code: "drifted" });
    expect((await listTargets(ctx))[0]?.drift.state).toBe("drifted");
    expect(await countDrifted()).toBe(1);
    expect((await publish(change, { overwriteDrift: true })).status).toBe("unverified");
    expect(await readFile(file(), "utf8")).toContain("# two");
  });

  it("imports drift as a change that differs by nothing else, and publishes it without being told", async () => {
    const templates = [{ name: "own.tmpl", content: '{{ define "own" }}x{{ end }}' }];
    const yaml = FOREIGN.replace("route:", "templates: [/etc/am/own.tmpl]\nroute:");
    await publish(await importing(yaml, templates));
    const written = await readFile(file(), "utf8");
    await writeFile(file(), written.replace("#x", "#y"));
    const [target] = await listTargets(ctx);
    const { yaml: found, templateFolders } = await readForImport(ctx, target!.id);
    const { change } = await importConfiguration(ctx, { yaml: found ?? "" }, { templateFolders });
    const live = await getLive(ctx, {});
    expect(diffConfig(live.document, change.document)).toMatchObject([{ noun: "integration", key: "channel" }]);
    expect((await publish(change.id)).status).toBe("unverified");
    expect(await readFile(file(), "utf8")).toBe(written.replace("#x", "#y"));
  });

  it("shows drift as a difference in which no secret stands", async () => {
    await publish(await importing(FOREIGN));
    const id = (await listTargets(ctx))[0]!.id;
    expect(await targetDifference(ctx, { id })).toMatchObject({ state: "in_sync", hidden: false, revision: 1 });
    await writeFile(file(), FOREIGN.replace("# by hand", "# by another hand"));
    expect(await targetDifference(ctx, { id })).toMatchObject({ state: "drifted", hidden: true });
    await writeFile(file(), FOREIGN.replace("#x", "#y"));
    const moved = await targetDifference({ ...ctx, role: "viewer" }, { id });
    expect(moved).toMatchObject({ state: "drifted", hidden: false, unreadable: false });
    expect(moved.ours?.replace("#x", "#y")).toBe(moved.live);
    expect(moved.live).toContain("api_url: <secret>");
    await writeFile(file(), FOREIGN.replace("very-secret", "other-secret"));
    const resealed = await targetDifference(ctx, { id });
    expect(resealed.live).toContain("<another secret>");
    expect(JSON.stringify([moved, resealed])).not.toMatch(/very-secret|other-secret/);
    await writeFile(file(), "a: [");
    expect(await targetDifference(ctx, { id })).toMatchObject({ live: null, unreadable: true });
    const change = await importing(yamlWith("mine"));
    expect((await targetDifference(ctx, { id, changeId: change })).ours).toContain("- name: a");
    const stranger = { ...ctx, tenantId: randomUUID() };
    await expect(targetDifference(stranger, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(targetDifference(ctx, { id, replica: "nobody" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("publishes what is live once more over drift, when told", async () => {
    await publish(await importing(yamlWith("one")));
    const [target] = await listTargets(ctx);
    await writeFile(file(), FOREIGN);
    await expect(publishAgain(ctx, { revision: 1 })).rejects.toMatchObject({ code: "drifted" });
    await expect(publishAgain({ ...ctx, role: "editor" }, { revision: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
    const elsewhere = { revision: 1, overwriteDrift: true, overwriteAt: [randomUUID()] };
    await expect(publishAgain(ctx, elsewhere)).rejects.toMatchObject({ code: "drifted" });
    const over = { revision: 1, overwriteDrift: true, overwriteAt: [target!.id] };
    const ended = await untilEnded((await publishAgain(ctx, over)).id);
    expect(ended).toMatchObject({ status: "unverified", changeId: null, revision: 1, replaced: true });
    expect(await readFile(file(), "utf8")).toBe(yamlWith("one"));
    expect((await readLive(ctx, target!.id)).state).toBe("in_sync");
    await publish(await importing(yamlWith("two")));
    await expect(publishAgain(ctx, { revision: 1 })).rejects.toMatchObject({ code: "conflict" });
  });

  it("brings back, to the byte, what a first publication replaced", async () => {
    await writeFile(file(), FOREIGN);
    const templates = [{ name: "own.tmpl", content: '{{ define "own" }}x{{ end }}' }];
    const first = await publish(await importing(yamlWith("one"), templates), { overwriteDrift: true });
    expect(first).toMatchObject({ status: "unverified", replaced: true });
    await expect(bringBack({ ...ctx, role: "viewer" }, first.id)).rejects.toMatchObject({ code: "forbidden" });
    const { change } = await bringBack(ctx, first.id);
    expect(JSON.stringify(change)).not.toContain("very-secret");
    expect((await publish(change.id)).status).toBe("unverified");
    expect(await readFile(file(), "utf8")).toBe(FOREIGN);
    const nothing = randomUUID();
    await expect(bringBack(ctx, nothing)).rejects.toMatchObject({ code: "not_found" });
  });

  it("tells drift until somebody has seen it, and again after the next edit", async () => {
    await publish(await importing(yamlWith("one")));
    const id = (await listTargets(ctx))[0]!.id;
    const acknowledged = async () => (await listTargets(ctx))[0]!.drift.acknowledged;
    await writeFile(file(), yamlWith("by hand"));
    expect(await acknowledged()).toBe(false);
    await expect(acknowledgeDrift({ ...ctx, role: "editor" }, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(acknowledgeDrift({ ...ctx, tenantId: randomUUID() }, id)).rejects.toMatchObject({ code: "not_found" });
    await acknowledgeDrift(ctx, id);
    expect(await acknowledged()).toBe(true);
    const events = await database.asOwner("SELECT data FROM events WHERE type = 'DriftAcknowledged'");
    expect(events).toEqual([{ data: { name: "file", places: [{ replica: "file", state: "drifted" }] } }]);
    await writeFile(file(), yamlWith("by hand, again"));
    expect(await acknowledged()).toBe(false);
  });

  it("refuses a viewer, an editor and another tenant", async () => {
    const published = await publish(await importing(yamlWith("one")));
    const change = await importing(yamlWith("two"));
    for (const role of ["viewer", "editor"] as const)
      await expect(requestPublication({ ...ctx, role }, { changeId: change })).rejects.toMatchObject({
        code: "forbidden",
      });
    const other = randomUUID();
    await database.asOwner("INSERT INTO tenants (id, slug, name) VALUES ($1, $2, 'Other')", [
      other,
      `o-${other.slice(0, 8)}`,
    ]);
    const stranger = { ...ctx, tenantId: other };
    expect(await listTargets(stranger)).toEqual([]);
    expect(await listPublications(stranger)).toEqual([]);
    await expect(getPublication(stranger, published.id)).rejects.toMatchObject({ code: "not_found" });
    const [target] = await listTargets(ctx);
    await expect(readLive(stranger, target!.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      createTarget(OPERATOR, { kind: "file", tenantId: other, name: "mine", path: file(), version: "0.25" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("is listed and removed by operators", async () => {
    const mine = (await listAllTargets()).find(({ tenantId }) => tenantId === ctx.tenantId);
    expect(mine).toMatchObject({ name: "file", kind: "file", places: [{ path: file(), url: null, auth: "none" }] });
    await deleteTarget(OPERATOR, mine!.id);
    expect(await listTargets(ctx)).toEqual([]);
    await expect(requestPublication(ctx, { changeId: await importing(yamlWith("x")) })).rejects.toMatchObject({
      code: "not_ready",
    });
  });
});

it("refuses a path outside of the allowed folders", async () => {
  const outside = {
    kind: "file",
    tenantId: ctx.tenantId,
    name: "x",
    path: "/etc/alertmanager.yml",
    version: "0.25",
  } as const;
  await expect(createTarget(OPERATOR, outside)).rejects.toMatchObject({ code: "invalid_input" });
});

describe.skipIf(!ALERTMANAGER_BINARY)("two real replicas", () => {
  const START = yamlWith("start");
  let replicas: RunningAlertmanager[];
  beforeEach(async () => {
    replicas = [];
    for (const name of ["am-0", "am-1"]) {
      await mkdir(path.join(folder, name));
      replicas.push(await startAlertmanager(START, path.join(folder, name)));
    }
    await createTarget(OPERATOR, {
      kind: "alertmanager",
      tenantId: ctx.tenantId,
      name: "production",
      replicas: replicas.map(({ url, configPath }) => ({ url, configPath })),
    });
  });
  afterEach(() => Promise.all(replicas.map(({ stop }) => stop())));
  const files = () => Promise.all(replicas.map(({ configPath }) => readFile(configPath, "utf8")));

  it("are verified by their hash, and no secret lies in a record", async () => {
    expect((await targetProfileFor(ctx)).id).toBe("alertmanager@0.25");
    const published = await publish(await importing(FOREIGN), { overwriteDrift: true });
    expect(published).toMatchObject({ status: "verified", replaced: true });
    await expect(acknowledgePublication(ctx, published.id)).rejects.toMatchObject({ code: "conflict" });
    expect(published.steps.filter(({ step }) => step === "verify").map(({ status }) => status)).toEqual([
      "done",
      "done",
    ]);
    expect(await files()).toEqual([FOREIGN, FOREIGN]);
    const records = await database.asOwner(
      `SELECT to_jsonb(p)::text || coalesce((SELECT string_agg(to_jsonb(s)::text, '') FROM publication_steps s WHERE s.publication_id = p.id), '')
       || coalesce((SELECT string_agg(data::text, '') FROM events e WHERE e.tenant_id = p.tenant_id), '') AS text
       FROM publications p WHERE id = $1`,
      [published.id],
    );
    expect(JSON.stringify(records)).not.toContain("very-secret");
  });

  it("are both restored when one refuses, and its words are kept and located", async () => {
    await publish(await importing(START), { overwriteDrift: true });
    const before = await files();
    const broken = `{name: a, webhook_configs: [{url: "http://h/", http_config: {tls_config: {ca_file: /none/ca.pem}}}]}`;
    const change = await importing(yamlWith("broken", broken));
    const ended = await publish(change);
    expect(ended).toMatchObject({
      status: "restored",
      error: {
        code: "target_refused",
        upstream: expect.stringContaining("/none/ca.pem: no such file"),
        path: ["receivers", 0, "webhook_configs", 0, "http_config", "tls_config", "ca_file"],
      },
    });
    expect(await files()).toEqual(before);
    expect((await listTargets(ctx))[0]?.drift.state).toBe("in_sync");
    expect((await getChange(ctx, { id: change })).status).toBe("draft");
    expect((await getLive(ctx, {})).revision).toBe(1);
  });

  it("have what was there before a first publication again when it is refused", async () => {
    const broken = `{name: a, webhook_configs: [{url: "http://h/", http_config: {tls_config: {ca_file: /none/ca.pem}}}]}`;
    const change = await importing(yamlWith("broken", broken), [{ name: "own.tmpl", content: "x" }]);
    const ended = await publish(change, { overwriteDrift: true });
    expect(ended).toMatchObject({ status: "restored", acknowledged: null });
    expect(await files()).toEqual([START, START]);
    const [target] = await listTargets(ctx);
    expect(target).toMatchObject({ drift: { state: "foreign" }, publishedRevision: null });
    await expect(acknowledgePublication({ ...ctx, role: "editor" }, ended.id)).rejects.toMatchObject({
      code: "forbidden",
    });
    await acknowledgePublication(ctx, ended.id);
    expect(await acknowledgePublication(ctx, ended.id)).toMatchObject({ acknowledged: { by: ctx.actor.id } });
    const told = await database.asOwner("SELECT data FROM events WHERE type = 'PublicationAcknowledged'");
    expect(told).toEqual([{ data: { status: "restored", revision: 1 } }]);
  });

  it("are both restored when one is down", async () => {
    await publish(await importing(START), { overwriteDrift: true });
    const before = await files();
    await replicas[1]!.stop();
    const ended = await publish(await importing(yamlWith("two")));
    expect(ended).toMatchObject({ status: "restored", error: { code: "target_unreachable" } });
    expect(await files()).toEqual(before);
  });
});
