import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConfigDocument, Diagnostic } from "@/lib/alertmanager";
import { Analyser } from "./analyser";
import { type EditorState, NOT_READY } from "./document-store";
import { LiveText } from "./live-text";
import { NOTHING } from "./worker-client";
import type { Analysis } from "./worker-protocol";

const finding: Diagnostic = { code: "yaml_syntax", severity: "error", path: ["route"], params: {}, message: "no" };
const documentOf = (source: string): ConfigDocument => ({ config: {}, templates: [], source });

class Source {
  current: EditorState = { ...NOT_READY, ready: true, document: documentOf("0") };
  readonly listeners = new Set<() => void>();
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  state = () => this.current;
  type(text: string) {
    this.current = { ...this.current, document: documentOf(text) };
    for (const listener of this.listeners) listener();
  }
}

function start() {
  const source = new Source();
  const asked: string[] = [];
  const control = { failures: 0, more: 0 };
  const checked: string[] = [];
  const analyse = async (document: ConfigDocument): Promise<Analysis> => {
    asked.push(document.source ?? "");
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (control.failures > 0) {
      control.failures -= 1;
      throw new Error("the worker stopped");
    }
    return {
      ...NOTHING,
      more: control.more > 0,
      diagnostics: [finding],
      places: new Int32Array(2),
      yaml: LiveText.of(document.source ?? ""),
    };
  };
  const check = async (document: ConfigDocument): Promise<Analysis> => {
    checked.push(document.source ?? "");
    control.more -= 1;
    return { ...NOTHING, more: control.more > 0 };
  };
  return { source, asked, checked, control, analyser: new Analyser(source, { analyse, check }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the analyser", () => {
  it("asks about what was typed meanwhile once, when the answer has come", async () => {
    const { source, asked, analyser } = start();
    analyser.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(10);
    for (const text of ["1", "2", "3"]) source.type(text);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(["0", "3"]);
    expect(analyser.state().analysis.yaml.read()).toBe("3");
    expect(analyser.index.of("f-route", false)).toEqual([finding]);
  });

  it("does nothing while nobody listens or nothing is loaded", async () => {
    const { source, asked, analyser } = start();
    source.current = NOT_READY;
    const leave = analyser.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    leave();
    source.current = { ...NOT_READY, ready: true };
    source.type("1");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([]);
    expect(source.listeners.size).toBe(0);
  });

  it("says why it cannot, keeps the last findings and tries again by itself", async () => {
    const { source, asked, control, analyser } = start();
    analyser.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    control.failures = 1;
    source.type("1");
    await vi.advanceTimersByTimeAsync(300);
    expect(analyser.state().error).toEqual(new Error("the worker stopped"));
    expect(analyser.state().analysis.yaml.read()).toBe("0");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(analyser.state().error).toBeNull();
    expect(asked).toEqual(["0", "1", "1"]);
  });

  it("tries again at once when asked to, and judges anew for other targets", async () => {
    const { control, asked, analyser } = start();
    control.failures = 1;
    analyser.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(300);
    analyser.retry();
    await vi.advanceTimersByTimeAsync(300);
    expect(analyser.state().error).toBeNull();
    analyser.judgeFor(["alertmanager@0.25"]);
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toHaveLength(3);
  });

  it("goes on part by part in a pause, and looks at a keystroke first", async () => {
    const { source, asked, checked, control, analyser } = start();
    control.more = 3;
    const told = vi.fn();
    analyser.subscribe(told);
    await vi.advanceTimersByTimeAsync(300);
    expect(checked).toEqual([]);
    source.type("1");
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual(["0", "1"]);
    expect(checked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(checked).toEqual(["1", "1", "1"]);
    expect(told).toHaveBeenCalledTimes(3);
  });

  it("goes on where it was when somebody listens again", async () => {
    const { checked, control, analyser } = start();
    control.more = 1;
    const leave = analyser.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(250);
    leave();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(checked).toEqual([]);
    analyser.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    expect(checked).toEqual(["0"]);
  });
});
