import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Diagnostic, Path } from "@/lib/alertmanager";
import { DiagnosticsIndex } from "./diagnostics-index";
import { pathId } from "./path-id";

const finding = (path: Path, message = "broken"): Diagnostic => ({
  code: "yaml_syntax",
  severity: "error",
  path,
  params: {},
  message,
});
const url: Path = ["receivers", 1, "slack_configs", 0, "api_url"];

describe("findings by place", () => {
  it("stand at their field and below everything around it, but not beside it", () => {
    const index = new DiagnosticsIndex();
    index.replace([finding(url), finding(["receivers", 1]), finding(["receivers", 10])]);
    expect(index.of(pathId(url), false)).toEqual([finding(url)]);
    expect(index.of(pathId(["receivers", 1]), false)).toHaveLength(1);
    expect(index.of(pathId(["receivers", 1]), true)).toHaveLength(2);
    expect(index.of(pathId(["receivers"]), true)).toHaveLength(3);
    expect(index.of(pathId(["route"]), true)).toEqual([]);
  });

  it("keep their identity while they stay the same, and tell when they are replaced", () => {
    const index = new DiagnosticsIndex();
    const listener = vi.fn();
    const stays = finding(url);
    index.replace([stays]);
    const before = index.of(pathId(["receivers", 1]), true);
    index.subscribe(listener);
    index.replace([finding(["route"]), stays]);
    expect(index.of(pathId(["receivers", 1]), true)).toBe(before);
    index.replace([finding(url, "more broken")]);
    expect(index.of(pathId(["receivers", 1]), true)).not.toBe(before);
    expect(index.of(pathId(["route"]), true)).toEqual([]);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it("stand in the order of the whole list, whatever came and went before", () => {
    const names = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(names, { minLength: 1, maxLength: 5 }), (lists) => {
        const known = Array.from({ length: 31 }, (_, name) => finding(["receivers", name % 4], `no ${name}`));
        const index = new DiagnosticsIndex();
        for (const list of lists) {
          const found = list.toSorted((a, b) => a - b).map((name) => known[name] as Diagnostic);
          index.replace(found);
          for (const receiver of [0, 1, 2, 3]) {
            const expected = found.filter(({ path }) => path[1] === receiver);
            expect(index.of(pathId(["receivers", receiver]), false)).toEqual(expected);
            expect(index.of(pathId(["receivers", receiver]), true)).toEqual(expected);
          }
          expect(index.of(pathId([]), true)).toEqual(found);
        }
      }),
    );
  });
});
