import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConfigDocument, Receiver } from "@/lib/alertmanager";
import { type EditorState, NOT_READY } from "../editor/document-store";
import type { Previewed, PreviewQuestion } from "../editor/worker-protocol";
import { NO_CHOICE } from "./chosen-preview";
import { Previewer } from "./previewer";

const receiver = (id: string, text: string): Receiver => ({
  id,
  name: id,
  slack_configs: [{ id: `${id}-slack`, title: text }],
});
const documentOf = (...receivers: Receiver[]): ConfigDocument => ({
  config: { receivers },
  templates: [],
  source: null,
});

class Source {
  current: EditorState = { ...NOT_READY, ready: true, document: documentOf(receiver("a", "0"), receiver("b", "0")) };
  readonly listeners = new Set<() => void>();
  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  state = () => this.current;
  show(document: ConfigDocument) {
    this.current = { ...this.current, document };
    for (const listener of this.listeners) listener();
  }
  type(text: string) {
    const [, b] = this.current.document.config.receivers ?? [];
    this.show({ ...this.current.document, config: { receivers: [receiver("a", text), ...(b ? [b] : [])] } });
  }
}

function start() {
  const source = new Source();
  const asked: { text: string; question: PreviewQuestion; known: number | null }[] = [];
  const control = { failures: 0, open: 0, mostOpen: 0 };
  const preview = async (
    { config }: ConfigDocument,
    _secrets: unknown,
    question: PreviewQuestion,
    known: Previewed | null,
  ): Promise<Previewed> => {
    const text = String(config.receivers?.find(({ id }) => id === question.receiver)?.slack_configs?.[0]?.title);
    asked.push({ text, question, known: known?.number ?? null });
    control.open += 1;
    control.mostOpen = Math.max(control.mostOpen, control.open);
    await new Promise((resolve) => setTimeout(resolve, 20));
    control.open -= 1;
    if (control.failures > 0) {
      control.failures -= 1;
      throw new Error("the worker stopped");
    }
    return {
      number: asked.length,
      profile: question.profile,
      integrations: [],
      reach: { routes: [], count: 0, timing: null },
    };
  };
  const remembered: unknown[] = [];
  const previewer = new Previewer(
    source,
    { preview, defaults: () => null },
    (choice) => remembered.push(choice),
    NO_CHOICE,
    "2026-01-01T00:00:00Z",
  );
  previewer.judgeFor(["alertmanager@0.28", "alertmanager@0.34"]);
  return { source, asked, control, previewer, remembered };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the previewer", () => {
  it("asks about the newest keystroke only, with one question open at a time", async () => {
    const { source, asked, control, previewer } = start();
    const heard: (number | undefined)[] = [];
    previewer.watch("a", () => heard.push(previewer.state("a").previewed?.number));
    await vi.advanceTimersByTimeAsync(10);
    for (let key = 1; key <= 50; key++) {
      source.type(String(key));
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(control.mostOpen).toBe(1);
    expect(asked.length).toBeLessThan(6);
    expect(asked.at(-1)).toMatchObject({ text: "50", question: { receiver: "a", profile: "alertmanager@0.28" } });
    expect(asked.map(({ known }) => known).slice(0, 3)).toEqual([null, 1, 2]);
    expect(heard.at(-1)).toBe(asked.length);
  });

  it("asks nothing about an edit that the receiver's requests do not depend on", async () => {
    const { source, asked, previewer } = start();
    previewer.watch("b", () => {});
    await vi.advanceTimersByTimeAsync(1_000);
    source.type("elsewhere");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(1);
    source.show({ ...source.current.document, templates: [{ name: "a.tmpl", content: "x" }] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });

  it("keeps nothing of panes that are gone, over thousands of keystrokes", async () => {
    const { source, asked, previewer } = start();
    for (let round = 0; round < 3_000; round++) {
      const leave = [previewer.watch("a", () => {}), previewer.watch("b", () => {}), previewer.onChoice(() => {})];
      source.type(String(round));
      await vi.advanceTimersByTimeAsync(round % 7 === 0 ? 70 : 3);
      for (const each of leave) each();
    }
    expect(asked.length).toBeGreaterThan(100);
    expect(previewer.size()).toBe(0);
    expect(source.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(previewer.state("a")).toEqual({ previewed: null, error: null });
  });

  it("drops the answer for a pane that is gone, also when the same receiver is shown again meanwhile", async () => {
    const { asked, previewer } = start();
    const first = vi.fn();
    const leave = previewer.watch("a", first);
    await vi.advanceTimersByTimeAsync(10);
    leave();
    const second = vi.fn();
    previewer.watch("a", second);
    await vi.advanceTimersByTimeAsync(15);
    expect(first).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(2);
    expect(second).toHaveBeenCalledOnce();
  });

  it("lets no pane wait for ever while somebody types into another one's receiver", async () => {
    const { source, asked, previewer } = start();
    previewer.watch("a", () => {});
    previewer.watch("b", () => {});
    for (let key = 0; key < 20; key++) {
      source.type(String(key));
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(asked.map(({ question }) => question.receiver)).toContain("b");
  });

  it("says why it cannot, keeps what it showed and tries again by itself", async () => {
    const { source, asked, control, previewer } = start();
    previewer.watch("a", () => {});
    await vi.advanceTimersByTimeAsync(100);
    control.failures = 1;
    source.type("1");
    await vi.advanceTimersByTimeAsync(200);
    expect(previewer.state("a")).toEqual({ previewed: expect.anything(), error: new Error("the worker stopped") });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(previewer.state("a").error).toBeNull();
    expect(asked.map(({ text }) => text)).toEqual(["0", "1", "1"]);
  });

  it("asks again for another profile or sample, not for another case, and remembers all of them", async () => {
    const { asked, previewer, remembered } = start();
    previewer.watch("a", () => {});
    await vi.advanceTimersByTimeAsync(100);
    previewer.choose({ case: "huge" });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(1);
    previewer.choose({ profile: "alertmanager@0.34", sample: { labels: { alertname: "Mine" } } });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.at(-1)?.question).toMatchObject({
      profile: "alertmanager@0.34",
      sample: { labels: { alertname: "Mine" } },
    });
    expect(remembered.at(-1)).toMatchObject({ case: "huge", profile: "alertmanager@0.34" });
    previewer.judgeFor(["alertmanager@0.25"]);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.at(-1)?.question.profile).toBe("alertmanager@0.25");
  });
});
