import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import type { ChangeDto } from "./contract";
import { createRevision, dropUnreadSource, getChange, importConfiguration, openChange, saveDocument } from "./index";

let database: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), "unread-source-"));
beforeAll(async () => {
  process.env.DATA_DIR = folder;
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = ({ version }: ChangeDto) => ({ expectedVersion: version });

describe("a text that cannot be read", () => {
  const BROKEN = "# Übergang 😀\r\nroute: {receiver: a\nglobal:\n  smtp_auth_password: very-secret-typed\n";
  const sending = (change: ChangeDto, source: string | null) => ({
    id: change.id,
    document: { ...change.document, source },
  });

  it("is kept byte for byte beside the document, sealed, and given back to its author alone", async () => {
    const ctx = await database.addTenant("admin");
    const { change } = await importConfiguration(ctx, {
      yaml: "# mine\nroute: {receiver: a}\nreceivers: [{name: a}]\n",
    });
    const saved = await saveDocument(ctx, sending(change, BROKEN), at(change));
    expect(saved.version).toBe(change.version + 1);
    expect(saved.document).toEqual(change.document);
    const bytes = Buffer.byteLength(BROKEN);
    expect(saved.unread).toEqual([{ by: ctx.actor.id, mine: true, line: expect.any(Number), bytes, text: BROKEN }]);
    const other = { ...ctx, actor: { type: "person" as const, id: randomUUID() } };
    expect((await getChange(other, { id: change.id })).unread).toMatchObject([{ mine: false, text: null, bytes }]);
    const written = await database.asOwner<{ all: string }>(
      "SELECT (SELECT string_agg(data::text, '') FROM events) || (SELECT string_agg(to_jsonb(u)::text, '') FROM unread_sources u) || (SELECT string_agg(to_jsonb(c)::text, '') FROM changes c) AS all",
    );
    expect(written[0]!.all).not.toContain("very-secret-typed");
    expect(await saveDocument(ctx, sending(saved, BROKEN), at(saved))).toMatchObject({ version: saved.version });
  });

  it("survives what forms save meanwhile, and keeps the change from being published until it is repaired", async () => {
    const ctx = await database.addTenant("admin");
    const { change } = await importConfiguration(ctx, {
      yaml: "# mine\nroute: {receiver: a}\nreceivers: [{name: a}]\n",
    });
    const broken = await saveDocument(ctx, sending(change, BROKEN), at(change));
    const config = { ...broken.document.config, route: { ...broken.document.config.route!, group_wait: "1m" } };
    const document = { ...broken.document, config };
    const edited = await saveDocument(ctx, { id: change.id, document }, at(broken));
    expect(edited.document.source).toContain("group_wait");
    expect(edited.document.source).toContain("# mine");
    expect(edited.unread).toMatchObject([{ text: BROKEN }]);
    await expect(createRevision(ctx, { changeId: change.id })).rejects.toMatchObject({ code: "has_error_diagnostics" });
    const repaired = await saveDocument(ctx, sending(edited, `${edited.document.source}# repaired\n`), at(edited));
    expect(repaired).toMatchObject({ unread: [], document: { source: expect.stringContaining("# repaired") } });
    await createRevision(ctx, { changeId: change.id });
  });

  it("of two people is kept for each, and dropped by whoever may edit", async () => {
    const ctx = await database.addTenant("admin");
    const other = { ...ctx, actor: { type: "person" as const, id: randomUUID() } };
    const first = await openChange(ctx, {});
    const second = await saveDocument(ctx, sending(first, "a: ["), at(first));
    const third = await saveDocument(other, sending(second, "b: ["), at(second));
    expect(third.unread.map(({ mine, text }) => [mine, text]).toSorted()).toEqual([
      [false, null],
      [true, "b: ["],
    ]);
    await expect(dropUnreadSource({ ...ctx, role: "viewer" }, { id: first.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(dropUnreadSource(await database.addTenant("admin"), { id: first.id })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await dropUnreadSource(ctx, { id: first.id }, at(third))).toMatchObject({ unread: [] });
  });
});
