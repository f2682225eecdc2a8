import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { coverageByRoom } from "./coverage.mjs";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-coverage-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (covered: number, total: number) => ({ lines: { covered, total, skipped: 0, pct: 0 } });

it("adds up the files of each room, the least covered first, and tells the whole", () => {
  const file = path.join(folder, "coverage-summary.json");
  const root = path.join(folder, "project");
  const at = (name: string) => path.join(root, "lib", name);
  const measured = {
    total: lines(16, 20),
    [at("errors.ts")]: lines(2, 2),
    [at("audit/append.ts")]: lines(4, 4),
    [at("alertmanager/go/quote.ts")]: lines(1, 4),
    [at("alertmanager/index.ts")]: lines(9, 10),
  };
  writeFileSync(file, JSON.stringify(measured));
  expect(coverageByRoom(file, root)).toEqual({
    percent: 80,
    rooms: [
      { room: "alertmanager", percent: (100 * 10) / 14 },
      { room: "(errors, env)", percent: 100 },
      { room: "audit", percent: 100 },
    ],
  });
});

it("knows nothing where nothing was measured", () => {
  expect(coverageByRoom(path.join(folder, "absent.json"), folder)).toBeNull();
});
