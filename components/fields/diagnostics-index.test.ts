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
    index.replace([finding(url)]);
    const before = index.of(pathId(["receivers", 1]), true);
    index.subscribe(listener);
    index.replace(structuredClone([finding(["route"]), finding(url)]));
    expect(index.of(pathId(["receivers", 1]), true)).toBe(before);
    index.replace([finding(url, "more broken")]);
    expect(index.of(pathId(["receivers", 1]), true)).not.toBe(before);
    expect(index.of(pathId(["route"]), true)).toEqual([]);
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
