import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

vi.mock("@/lib/resilience", () => ({ failpoint: () => {} }));
const { digestOf, readPlace, removeOldTemplates, replacePlace, templateFolderName } = await import("./file-place");

let root: string;
let roots: string[];
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-file-"));
  roots = [root];
});
afterEach(() => rm(root, { recursive: true, force: true }));

const place = (name = "alertmanager.yml") => ({ path: path.join(root, name), mode: 0o640, group: null });
const content = (text: string, templates: { name: string; content: string }[] = []) => ({ text, templates });
const TEMPLATES = [{ name: "slack.tmpl", content: '{{ define "x" }}1{{ end }}' }];

describe("replacePlace", () => {
  it("creates, replaces and removes by compare-and-set", async () => {
    expect(await readPlace(place(), roots)).toBeNull();
    expect(await replacePlace(place(), roots, null, content("one"))).toBe("written");
    expect(await replacePlace(place(), roots, digestOf("one"), content("two"))).toBe("written");
    expect(await readPlace(place(), roots)).toBe("two");
    expect(await replacePlace(place(), roots, digestOf("two"), null)).toBe("written");
    expect(await readdir(root)).toEqual([]);
  });

  it("may be repeated after it was killed", async () => {
    await replacePlace(place(), roots, null, content("one"));
    expect(await replacePlace(place(), roots, null, content("one"))).toBe("already");
    expect(await replacePlace(place(), roots, digestOf("gone"), content("one"))).toBe("already");
  });

  it("leaves bytes that somebody else wrote", async () => {
    await writeFile(place().path, "theirs");
    await expect(replacePlace(place(), roots, digestOf("ours"), content("new"))).rejects.toMatchObject({
      code: "drifted",
    });
    await expect(replacePlace(place(), roots, null, content("new"))).rejects.toMatchObject({ code: "drifted" });
    await expect(replacePlace(place(), roots, digestOf("ours"), null)).rejects.toMatchObject({ code: "drifted" });
    expect(await readFile(place().path, "utf8")).toBe("theirs");
  });

  it("gives others no right and keeps the group of the file", async () => {
    await writeFile(place().path, "old");
    await chmod(place().path, 0o644);
    if (process.getuid?.() === 0) await chown(place().path, 0, 12345);
    const { gid } = await stat(place().path);
    await replacePlace({ ...place(), mode: 0o647 }, roots, digestOf("old"), content("new", TEMPLATES));
    const written = await stat(place().path);
    expect([written.mode & 0o777, written.gid]).toEqual([0o640, gid]);
    const folder = path.join(root, templateFolderName(place().path, TEMPLATES)!);
    expect([(await stat(folder)).mode & 0o777, (await stat(folder)).gid]).toEqual([0o750, gid]);
    const template = await stat(path.join(folder, "slack.tmpl"));
    expect([template.mode & 0o777, template.gid]).toEqual([0o640, gid]);
  });

  it("clears away the temporary file of a killed process", async () => {
    await writeFile(path.join(root, ".alertmanager.yml.signalbox-0123456789ab"), "half");
    await replacePlace(place(), roots, null, content("one"));
    expect(await readdir(root)).toEqual(["alertmanager.yml"]);
  });

  it("refuses a template that is not a bare name", async () => {
    const evil = content("one", [{ name: "../evil.tmpl", content: "" }]);
    await expect(replacePlace(place(), roots, null, evil)).rejects.toMatchObject({ code: "invalid_input" });
    expect(await readPlace(place(), roots)).toBeNull();
  });
});

describe("paths", () => {
  it("refuses symbolic links, other roots and detours", async () => {
    await mkdir(path.join(root, "real"));
    await symlink(path.join(root, "real"), path.join(root, "link"));
    await writeFile(path.join(root, "real", "a.yml"), "a");
    await symlink(path.join(root, "real", "a.yml"), path.join(root, "b.yml"));
    const refused = ["link/a.yml", "b.yml", "real/../real/a.yml", "none/a.yml", "real"];
    for (const name of refused)
      await expect(readPlace({ ...place(), path: `${root}/${name}` }, roots)).rejects.toMatchObject({
        code: "invalid_input",
      });
    await expect(readPlace({ ...place(), path: "/etc/passwd" }, roots)).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(readPlace({ ...place(), path: `${root}-other/a.yml` }, roots)).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await readPlace({ ...place(), path: `${root}/real/a.yml` }, roots)).toBe("a");
  });
});

describe("template folders", () => {
  it("are named by their content, whatever the order", () => {
    const other = { name: "b.tmpl", content: "b" };
    const name = templateFolderName("/x/am.yml", [...TEMPLATES, other]);
    expect(name).toMatch(/^am\.yml\.templates-[0-9a-f]{16}$/);
    expect(templateFolderName("/x/am.yml", [other, ...TEMPLATES])).toBe(name);
    expect(templateFolderName("/x/am.yml", [{ ...TEMPLATES[0]!, content: "2" }, other])).not.toBe(name);
    expect(templateFolderName("/x/am.yml", [])).toBeNull();
  });

  it("are removed once nobody names them", async () => {
    await mkdir(path.join(root, "alertmanager.yml.templates-0123456789abcdef"));
    await mkdir(path.join(root, "alertmanager.yml.templates-mine"));
    await replacePlace(place(), roots, null, content("one", TEMPLATES));
    const kept = templateFolderName(place().path, TEMPLATES)!;
    await removeOldTemplates(place(), roots, [kept]);
    expect((await readdir(root)).sort()).toEqual(["alertmanager.yml", kept, "alertmanager.yml.templates-mine"].sort());
  });
});
