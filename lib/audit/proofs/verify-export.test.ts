import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SAMPLE_ORIGIN, sampleCheckpoint, sampleExport, sampleLog, sampleSigners } from "../testing/sample-log";
import { type ExportReport, verifyExport } from "./contract";

const TIMEOUT = process.env.SOAK ? 1_800_000 : 60_000;
const SAMPLE = path.join(import.meta.dirname, "../testdata/export.jsonl");
const signers = sampleSigners(SAMPLE_ORIGIN);
const keys = signers.map(({ key }) => key);
const log = sampleLog(24);
const lines = await sampleExport(log, signers, { archived: [4, 5] });
const told = ({ problems }: ExportReport) => problems.map(({ line, code }) => `${line} ${code}`);

describe("an export", () => {
  it("is made as the sample beside this room", async () => {
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(SAMPLE);
  });

  it("proves every event, with what is left of archived ones", async () => {
    const report = await verifyExport(lines, { keys });
    expect(report).toMatchObject({ complete: true, events: 24, archived: [4, 5], ownKeys: true, problems: [] });
    expect(report.checkpoint).toMatchObject({ origin: SAMPLE_ORIGIN, size: 24, signedBy: keys });
    expect(await verifyExport(lines)).toMatchObject({ ownKeys: false, problems: [] });
  });

  it("says what an edit, a deletion, another order, a cut tail and a foreign event are", async () => {
    const changed = lines[9]!
      .replace("ReviewRequested", "x")
      .replace("PublicationVerified", "x")
      .replace("RevisionCreated", "x");
    expect(changed).not.toBe(lines[9]);
    expect(told(await verifyExport(lines.with(9, changed), { keys }))).toEqual(["10 event_differs"]);
    expect(told(await verifyExport(lines.toSpliced(9, 1), { keys }))).toEqual([
      "10 incomplete",
      "0 incomplete",
      "0 incomplete",
    ]);
    const swapped = lines.with(9, lines[10]!).with(10, lines[9]!);
    expect(told(await verifyExport(swapped, { keys }))).toContain("11 malformed_export");
    expect(told(await verifyExport(lines.slice(0, -1), { keys }))).toEqual(["0 incomplete", "0 incomplete"]);
    const [, foreign] = await sampleExport(sampleLog(1), signers);
    expect(told(await verifyExport(lines.with(1, foreign!), { keys }))).toEqual(["2 not_in_log"]);
    expect(told(await verifyExport([], { keys }))).toEqual(["0 malformed_export"]);
    const twice = lines[2]!.replace('"event":{', '"event":{"actor":"x",');
    expect(told(await verifyExport(lines.with(2, twice), { keys }))).toContain("3 malformed_export");
  });

  it("is held against the keys and witnesses that its reader trusts", async () => {
    const strangers = sampleSigners(SAMPLE_ORIGIN, 9).map(({ key }) => key);
    expect(told(await verifyExport(lines, { keys: strangers }))).toContain("1 unknown_signer");
    const oneSigned = await sampleExport(log, signers.slice(0, 1));
    expect(told(await verifyExport(oneSigned, { keys }))).toEqual(["1 missing_signature"]);
    const beside = [...sampleSigners("other.example/log", 5), ...sampleSigners(SAMPLE_ORIGIN, 9)].map(({ key }) => key);
    expect(told(await verifyExport(lines, { keys: [...beside, ...keys] }))).toEqual([]);
    const elsewhere = sampleSigners("other.example/log").map(({ key }) => key);
    expect(told(await verifyExport(lines, { keys: elsewhere }))).toContain("1 other_log");
    const [witness] = sampleSigners("witness.example", 3).slice(1);
    expect(told(await verifyExport(lines, { keys, witnesses: [witness!.key] }))).toEqual(["1 missing_signature"]);
  });

  it("proves a part of the log by itself", async () => {
    const part = await sampleExport(log, signers, { only: [3, 17, 24] });
    expect(await verifyExport(part, { keys })).toMatchObject({ complete: false, events: 3, problems: [] });
    expect(told(await verifyExport(part.slice(0, -1), { keys }))).toEqual(["0 incomplete"]);
    const whole = part.with(0, part[0]!.replace('"complete":false', '"complete":true'));
    expect(told(await verifyExport(whole, { keys }))).toContain("0 incomplete");
  });

  it("goes on from a checkpoint that was kept, or says that it does not", async () => {
    const earlier = sampleCheckpoint(log, 11, signers);
    expect(await verifyExport(lines, { keys, earlier })).toMatchObject({ grewFrom: 11, problems: [] });
    const same = sampleCheckpoint(log, 24, signers);
    expect(await verifyExport(lines, { keys, earlier: same })).toMatchObject({ grewFrom: 24, problems: [] });
    const part = await sampleExport(log, signers, { only: [20], since: 11 });
    expect(await verifyExport(part, { keys, earlier })).toMatchObject({ grewFrom: 11, problems: [] });
    const silent = await sampleExport(log, signers, { only: [20] });
    expect(told(await verifyExport(silent, { keys, earlier }))).toEqual(["0 incomplete"]);
    // The whole log written anew and signed with the real keys: in itself it is flawless.
    const forged = sampleLog(30);
    for (const event of forged.events.slice(5)) event.leaf = Uint8Array.from(event.leaf).reverse();
    const anew = await sampleExport(forged, signers, { archived: Array.from({ length: 30 }, (_, index) => index + 1) });
    expect(told(await verifyExport(anew, { keys }))).toEqual([]);
    expect(told(await verifyExport(anew, { keys, earlier }))).toEqual(["0 not_consistent"]);
    const cut = await sampleExport(sampleLog(10), signers);
    expect(told(await verifyExport(cut, { keys }))).toEqual([]);
    expect(told(await verifyExport(cut, { keys, earlier }))).toEqual(["0 not_consistent"]);
    const other = sampleCheckpoint(log, 11, sampleSigners("other.example/log"));
    expect((await verifyExport(lines, { keys, earlier: other })).problems.length).toBeGreaterThan(0);
  });

  it(
    "takes no file in which a character was changed, added or lost",
    async () => {
      const small = (await sampleExport(sampleLog(6), signers.slice(0, 1))).join("\n");
      const [key] = keys;
      const judged = async (text: string) => (await verifyExport(text.split("\n"), { keys: [key!] })).problems.length;
      expect(await judged(small)).toBe(0);
      // What an export was asked for, and the keys it names, are what nobody vouches for.
      const unsigned = [small.indexOf('"keys":['), small.indexOf('],"since"')];
      await fc.assert(
        fc.asyncProperty(
          fc.nat(small.length - 1),
          fc.constantFrom("change", "add", "drop"),
          fc.constantFrom(...'aZ09+/= \n"{}[],:—'),
          async (at, how, char) => {
            if (at >= unsigned[0]! && at <= unsigned[1]!) return;
            const rest = small.slice(how === "add" ? at : at + 1);
            const changed = `${small.slice(0, at)}${how === "drop" ? "" : char}${rest}`;
            if (changed !== small) expect(await judged(changed), changed).toBeGreaterThan(0);
          },
        ),
        { numRuns: process.env.SOAK ? 10_000 : 300, seed: 7 },
      );
    },
    TIMEOUT,
  );
});
