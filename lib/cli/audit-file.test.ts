import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { formatVerifierKey } from "@/lib/audit/proofs/contract";
import { SAMPLE_ORIGIN, sampleCheckpoint, sampleLog, sampleSigners } from "@/lib/audit/testing/sample-log";
import * as audit from "./audit";
import { captured } from "./testing/captured";

const SAMPLE = "lib/audit/testdata/export.jsonl";
const signers = sampleSigners(SAMPLE_ORIGIN);
const keys = signers.map(({ key }) => formatVerifierKey(key));
let folder: string;
const at = (name: string) => path.join(folder, name);
const verify = (...argv: string[]) => captured(() => audit.run(["verify", ...argv]));
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-audit-"));
  const sample = readFileSync(SAMPLE, "utf8");
  writeFileSync(at("edited.jsonl"), sample.replace('"type":"RouteMoved"', '"type":"RouteAdded"'));
  const lines = sample.split("\n");
  writeFileSync(at("cut.jsonl"), [...lines.slice(0, -4), ""].join("\n"));
  writeFileSync(at("swapped.jsonl"), lines.with(7, lines[8]!).with(8, lines[7]!).join("\n"));
  writeFileSync(at("crlf.jsonl"), lines.join("\r\n"));
  writeFileSync(at("keys.txt"), `# ours\n${keys.join("\n")}\n`);
  writeFileSync(at("earlier.txt"), sampleCheckpoint(sampleLog(11), 11, signers));
  writeFileSync(at("longer.txt"), sampleCheckpoint(sampleLog(30), 30, signers));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("proves the sample, and says by whose keys", async () => {
  const { code, out } = await verify("--file", SAMPLE);
  expect(code).toBe(0);
  expect(out).toContain(`is proven: 24 events, all of the log ${SAMPLE_ORIGIN}`);
  expect(out).toContain("only the hash is left: 4-5");
  expect(out).toContain("give --key");
  const trusted = await verify(
    "--file",
    SAMPLE,
    "--key",
    keys[0]!,
    "--key",
    keys[1]!,
    "--checkpoint",
    at("earlier.txt"),
  );
  expect(trusted).toMatchObject({ code: 0, out: expect.stringContaining("goes on from the checkpoint of 11 events") });
  expect(trusted.out).not.toContain("give --key");
  expect((await verify("--file", SAMPLE, "--key", at("keys.txt"))).code).toBe(0);
});

it.each([
  ["edited.jsonl", "edited.jsonl:16: Event 15 says something else", []],
  ["cut.jsonl", "tells of 24 events and holds 21", []],
  ["swapped.jsonl", "swapped.jsonl:9: Event 7 stands behind event 8", []],
  ["crlf.jsonl", "crlf.jsonl:1: ", []],
  [SAMPLE, "once, and now has 24: its end was cut", ["--checkpoint", "longer.txt"]],
])("ends with 1 and says where: %s", async (file, message, options) => {
  const named = file === SAMPLE ? file : at(file);
  const { code, out } = await verify(
    "--file",
    named,
    ...options.map((option) => (option.startsWith("-") ? option : at(option))),
  );
  expect(out).toContain(message);
  expect(code).toBe(1);
});

it("tells a wrong call from a file that is not proven", async () => {
  expect(await verify("--file", SAMPLE, "--key", "no+key+x")).toMatchObject({ code: 2, out: "" });
  await expect(verify("--file", at("absent.jsonl"))).rejects.toThrow(/ENOENT/);
  await expect(verify("--key", keys[0]!)).rejects.toThrow(/go with --file/);
  await expect(verify("--file", SAMPLE, "--tenant", "demo")).rejects.toThrow(/ask the database/);
  expect((await captured(() => audit.run(["nothing"]))).code).toBe(2);
  expect((await captured(() => audit.run(["--help"]))).code).toBe(0);
});
