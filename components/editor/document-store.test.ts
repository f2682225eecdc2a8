import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ConfigDocument, mergeDocuments } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { DocumentStore, type OpenChange } from "./document-store";

const live: ConfigDocument = {
  config: { route: { id: "r", receiver: "default" }, receivers: [{ id: "a", name: "default" }] },
  templates: [],
  source: null,
};
const withWait = (document: ConfigDocument, group_wait: string): ConfigDocument => ({
  ...document,
  config: { ...document.config, route: { id: "r", receiver: "default", ...document.config.route, group_wait } },
});

/** A server that knows one change and refuses old versions. */
class FakeServer {
  change: OpenChange | null = null;
  opened = 0;
  failNext: unknown = null;
  live = live;

  open = async () => {
    this.opened += 1;
    this.change = { id: "c1", number: 1, title: "", version: 1, document: this.live, secrets: {} };
    return this.change;
  };
  read = async () => this.known();
  write = async (_id: string, version: number, document: ConfigDocument) => {
    const failure = this.failNext;
    this.failNext = null;
    if (failure) throw failure;
    if (version !== this.known().version) throw new AppError("stale_version", "Somebody saved.");
    this.change = { ...this.known(), version: version + 1, document };
    return this.change;
  };
  merge = async (...sides: Parameters<typeof mergeDocuments>) => mergeDocuments(...sides);
  /** What another person saves. */
  edit(change: (document: ConfigDocument) => ConfigDocument) {
    const known = this.known();
    this.change = { ...known, version: known.version + 1, document: change(known.document) };
  }
  known() {
    if (!this.change) throw new AppError("not_found", "There is no change.");
    return this.change;
  }
}

function start() {
  const server = new FakeServer();
  const store = new DocumentStore(server);
  store.offer({ change: null, document: live, secrets: {} });
  return { server, store };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the document", () => {
  it("opens a change with the first edit and writes behind the typing", async () => {
    const { server, store } = start();
    store.update((document) => withWait(document, "1"), "wait");
    store.update((document) => withWait(document, "10s"), "wait");
    expect(store.state()).toMatchObject({ saveState: "dirty", change: null });
    await vi.advanceTimersByTimeAsync(800);
    expect(server.opened).toBe(1);
    expect(server.known()).toMatchObject({ version: 2, document: { config: { route: { group_wait: "10s" } } } });
    expect(store.state()).toMatchObject({ saveState: "saved", change: { id: "c1", version: 2 } });
  });

  it("undoes the typing in one field as one step", () => {
    const { store } = start();
    store.update((document) => withWait(document, "1"), "wait");
    store.update((document) => withWait(document, "10s"), "wait");
    store.update((document) => ({ ...document, templates: [{ name: "a.tmpl", content: "" }] }));
    store.undo();
    expect(store.state().document.config.route?.group_wait).toBe("10s");
    store.undo();
    expect(store.state().document).toEqual(live);
    expect(store.state()).toMatchObject({ canUndo: false, canRedo: true });
    store.redo();
    expect(store.state().document.config.route?.group_wait).toBe("10s");
  });

  it("merges what somebody else wrote elsewhere", async () => {
    const { server, store } = start();
    store.update((document) => withWait(document, "10s"));
    await store.flush();
    server.edit((document) => ({ ...document, templates: [{ name: "theirs.tmpl", content: "x" }] }));
    store.update((document) => withWait(document, "20s"));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.known().document).toMatchObject({
      config: { route: { group_wait: "20s" } },
      templates: [{ name: "theirs.tmpl" }],
    });
    expect(store.state()).toMatchObject({ saveState: "saved", collision: null });
  });

  it("asks when both wrote the same place, and keeps the chosen side", async () => {
    const { server, store } = start();
    store.update((document) => withWait(document, "10s"));
    await store.flush();
    server.edit((document) => withWait(document, "1m"));
    store.update((document) => withWait(document, "20s"));
    await expect(store.flush()).rejects.toThrow();
    expect(store.state().collision?.conflicts).toMatchObject([{ mine: "20s", theirs: "1m" }]);
    store.resolve({ 0: "theirs" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.state()).toMatchObject({ saveState: "saved", document: { config: { route: { group_wait: "1m" } } } });
  });

  it("tries again after a failure and loses nothing", async () => {
    const { server, store } = start();
    server.failNext = new AppError("not_ready", "The server cannot be reached.");
    store.update((document) => withWait(document, "10s"));
    await vi.advanceTimersByTimeAsync(800);
    expect(store.state().saveState).toBe("failed");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(store.state().saveState).toBe("saved");
    expect(server.known().document.config.route?.group_wait).toBe("10s");
  });

  it("goes on in a new change when its own was closed elsewhere", async () => {
    const { server, store } = start();
    store.update((document) => withWait(document, "10s"));
    await store.flush();
    server.live = server.known().document;
    server.failNext = new AppError("conflict", "This change was published.", { status: "published" });
    store.update((document) => withWait(document, "20s"));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.opened).toBe(2);
    expect(store.state().saveState).toBe("saved");
    expect(server.known().document.config.route?.group_wait).toBe("20s");
  });

  it("never takes an older or foreign load over unsaved edits", async () => {
    const { store } = start();
    store.update((document) => withWait(document, "10s"));
    store.offer({ change: null, document: { ...live, source: "x" }, secrets: {} });
    expect(store.state().document.config.route?.group_wait).toBe("10s");
  });
});
