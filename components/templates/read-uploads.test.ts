import { expect, it } from "vitest";
import { readUploads } from "./read-uploads";

const known = [{ name: "here.tmpl", content: "old" }];
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);
const reasons = async (...files: File[]) =>
  (await readUploads(files, known)).problems.map(({ name, reason }) => [name, reason]);

it("takes UTF-8 text, without its byte order mark", async () => {
  const { files, problems } = await readUploads([file("a.tmpl", "\ufeffgrün {{ . }}")], known);
  expect(files).toEqual([{ name: "a.tmpl", content: "grün {{ . }}" }]);
  expect(problems).toEqual([]);
});

it("says what it does not take", async () => {
  expect(await reasons(file("latin.tmpl", new Uint8Array([0x67, 0x72, 0xfc, 0x6e])))).toEqual([
    ["latin.tmpl", "notText"],
  ]);
  expect(await reasons(file("utf16.tmpl", new Uint8Array([0x61, 0, 0x62, 0])))).toEqual([["utf16.tmpl", "notText"]]);
  expect(await reasons(file("large.tmpl", "x".repeat(4_000_001)))).toEqual([["large.tmpl", "tooLarge"]]);
  expect(await reasons(file("with space.tmpl", "x"))).toEqual([["with space.tmpl", "badName"]]);
});

it("replaces nothing unasked, and says nothing when nothing would change", async () => {
  const { files, problems } = await readUploads([file("here.tmpl", "new")], known);
  expect(files).toEqual([]);
  expect(problems).toEqual([{ name: "here.tmpl", reason: "exists", file: { name: "here.tmpl", content: "new" } }]);
  expect(await readUploads([file("here.tmpl", "old")], known)).toEqual({ files: [], problems: [] });
  expect(await reasons(file("twice.tmpl", "1"), file("twice.tmpl", "2"))).toEqual([["twice.tmpl", "exists"]]);
});

it("keeps to the number of files that a document holds", async () => {
  const full = Array.from({ length: 200 }, (_, index) => ({ name: `${index}.tmpl`, content: "" }));
  const { problems } = await readUploads([file("more.tmpl", "x")], full);
  expect(problems).toEqual([{ name: "more.tmpl", reason: "tooMany" }]);
});
