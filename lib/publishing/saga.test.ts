import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import type { FileContent, OpenPlace, OpenReplica, ReloadOutcome } from "@/lib/targets";
import type { PublicationError, StepStatus } from "./contract";
import type { Journal, Prepared } from "./journal";
import type { Work, World } from "./world";

vi.mock("@/lib/resilience", () => ({ failpoint: () => {} }));
const { runSaga } = await import("./saga");

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

class Crash extends Error {}

/** Dies before or after the n-th thing it is asked to do, once. */
class Fuse {
  count = 0;
  constructor(private readonly at: number) {}
  async around<T>(work: () => T | Promise<T>): Promise<T> {
    if (++this.count === this.at) throw new Crash();
    const result = await work();
    if (++this.count === this.at) throw new Crash();
    return result;
  }
}

class MemoryJournal implements Journal {
  places: Prepared[] | null = null;
  steps = new Map<string, { status: StepStatus; detail: string }>();
  failure: PublicationError | null = null;
  fuse = new Fuse(0);
  prepared = async () => this.places;
  prepare = (places: Prepared[]) =>
    this.fuse.around(() => {
      this.places = places;
    });
  status: Journal["status"] = async (step, subject) => this.steps.get(`${step}:${subject.id}`)?.status ?? "pending";
  intend: Journal["intend"] = (step, subject) =>
    this.fuse.around(() => void this.steps.set(`${step}:${subject.id}`, { status: "running", detail: "" }));
  record: Journal["record"] = (step, subject, status, detail) =>
    this.fuse.around(() => void this.steps.set(`${step}:${subject.id}`, { status, detail }));
  error = async () => this.failure;
  recordError = (error: PublicationError) =>
    this.fuse.around(() => {
      this.failure ??= error;
    });
}

class MemoryWorld implements World {
  files = new Map<string, string>();
  running = new Map<string, string>();
  seen = new Set<string>();
  refuses: (replica: OpenReplica, text: string) => ReloadOutcome | null = () => null;
  blind = false;
  fuse = new Fuse(0);
  digestOf = digestOf;
  read = (place: OpenPlace) => this.fuse.around(() => this.files.get(place.id) ?? null);
  replace = (place: OpenPlace, before: string | null, next: FileContent | null) =>
    this.fuse.around(() => {
      const live = this.files.get(place.id);
      const digest = live === undefined ? null : digestOf(live);
      if (digest === (next ? digestOf(next.text) : null)) return "already" as const;
      if (digest !== before) throw new AppError("drifted", "changed meanwhile");
      if (next) this.files.set(place.id, next.text);
      else this.files.delete(place.id);
      this.seen.add(next?.text ?? "");
      return "written" as const;
    });
  reload = (replica: OpenReplica) =>
    this.fuse.around(() => {
      const text = this.files.get(replica.placeId) ?? "";
      const refusal = this.refuses(replica, text);
      if (refusal) return refusal;
      this.running.set(replica.id, text);
      return { kind: "accepted" as const };
    });
  verify = (replica: OpenReplica, text: string) =>
    this.fuse.around(() => {
      if (this.blind) return { kind: "unverified" as const, detail: "no metrics" };
      return this.running.get(replica.id) === text
        ? { kind: "verified" as const }
        : { kind: "mismatch" as const, detail: "other" };
    });
}

const place = (id: string, published: string | null = digestOf("old")): OpenPlace => ({
  id,
  path: `/${id}`,
  mode: 0o640,
  group: null,
  targetId: "t",
  targetName: "production",
  replica: id,
  publishedDigest: published,
  publishedRevision: 1,
});
const replica = (id: string, placeId: string): OpenReplica => ({
  id,
  name: id,
  placeId,
  targetId: "t",
  targetName: "production",
  url: "http://x",
  routePrefix: "",
  auth: { type: "none" },
});

function setting(
  options: { published?: string | null; live?: string | null; overwriteDrift?: boolean; bare?: boolean } = {},
) {
  const world = new MemoryWorld();
  const places = [place("p0", options.published), place("p1", options.published)];
  const replicas = options.bare ? [] : [replica("r0", "p0"), replica("r1", "p1")];
  const live = options.live === undefined ? "old" : options.live;
  for (const { id } of places) if (live !== null) world.files.set(id, live);
  for (const { id } of replicas) world.running.set(id, live ?? "");
  const work: Work = {
    places: places.map((one) => ({ place: one, next: { text: "new", templates: [] }, secrets: [] })),
    replicas,
    overwriteDrift: options.overwriteDrift ?? false,
    overwriteAt: [],
    origins: [],
  };
  return { world, work, journal: new MemoryJournal() };
}
const refusingAt =
  (id: string) =>
  (at: OpenReplica, text: string): ReloadOutcome | null =>
    at.id === id && text === "new" ? { kind: "refused", words: "open /x/ca.pem: no such file" } : null;

describe("runSaga", () => {
  it("verifies", async () => {
    const { work, world, journal } = setting();
    expect(await runSaga(work, world, journal)).toBe("verified");
    expect([...world.running.values(), ...world.files.values()]).toEqual(["new", "new", "new", "new"]);
  });

  it("restores everywhere when one replica refuses, and keeps its words", async () => {
    const { work, world, journal } = setting();
    world.refuses = refusingAt("r1");
    expect(await runSaga(work, world, journal)).toBe("restored");
    expect([...world.running.values(), ...world.files.values()]).toEqual(["old", "old", "old", "old"]);
    expect(journal.failure).toMatchObject({
      code: "target_refused",
      replica: "r1",
      upstream: "open /x/ca.pem: no such file",
    });
  });

  it("is never green without proof", async () => {
    const { work, world, journal } = setting();
    world.blind = true;
    expect(await runSaga(work, world, journal)).toBe("unverified");
    const bare = setting({ bare: true });
    expect(await runSaga(bare.work, bare.world, bare.journal)).toBe("unverified");
  });

  it("touches nothing that it did not write", async () => {
    const foreign = setting({ published: null });
    expect(await runSaga(foreign.work, foreign.world, foreign.journal)).toBe("failed");
    expect(foreign.journal.failure?.code).toBe("foreign_file");
    const drifted = setting({ live: "edited by hand" });
    expect(await runSaga(drifted.work, drifted.world, drifted.journal)).toBe("failed");
    expect(drifted.journal.failure?.code).toBe("drifted");
    expect([...drifted.world.files.values()]).toEqual(["edited by hand", "edited by hand"]);
    const told = setting({ live: "edited by hand", overwriteDrift: true });
    expect(await runSaga(told.work, told.world, told.journal)).toBe("verified");
    const elsewhere = setting({ live: "edited by hand", overwriteDrift: true });
    elsewhere.work.overwriteAt = ["another target"];
    expect(await runSaga(elsewhere.work, elsewhere.world, elsewhere.journal)).toBe("failed");
  });

  it("replaces the very file that it was imported from, and no other", async () => {
    const imported = setting({ published: null });
    imported.work.origins = [digestOf("old")];
    expect(await runSaga(imported.work, imported.world, imported.journal)).toBe("verified");
    const touched = setting({ published: null, live: "old, touched" });
    touched.work.origins = [digestOf("old")];
    expect(await runSaga(touched.work, touched.world, touched.journal)).toBe("failed");
    expect(touched.journal.failure?.code).toBe("foreign_file");
  });

  it("removes a first file again when it is refused", async () => {
    const { work, world, journal } = setting({ published: null, live: null });
    world.refuses = refusingAt("r0");
    expect(await runSaga(work, world, journal)).toBe("restored");
    expect(world.files.size).toBe(0);
  });

  it("says failed when a replica that took the new file cannot be brought back", async () => {
    const { work, world, journal } = setting();
    world.refuses = (at, text) =>
      at.id === "r1"
        ? refusingAt("r1")(at, text)
        : text === "old"
          ? { kind: "unreachable", words: "down", untouched: true }
          : null;
    expect(await runSaga(work, world, journal)).toBe("failed");
    expect([...world.files.values()]).toEqual(["old", "old"]);
  });

  it("says restored when a replica that was down all the time stays down", async () => {
    const { work, world, journal } = setting();
    world.refuses = (at) =>
      at.id === "r1" ? { kind: "unreachable", words: "connection refused", untouched: true } : null;
    expect(await runSaga(work, world, journal)).toBe("restored");
    expect(journal.failure).toMatchObject({ code: "target_unreachable", replica: "r1" });
  });

  it("leaves what a third hand writes between write and restore", async () => {
    const { work, world, journal } = setting();
    world.refuses = (at, text) => {
      if (at.id !== "r1" || text !== "new") return null;
      world.files.set("p0", "by hand");
      return { kind: "refused", words: "no" };
    };
    expect(await runSaga(work, world, journal)).toBe("failed");
    expect(world.files.get("p0")).toBe("by hand");
    expect(world.files.get("p1")).toBe("old");
  });
});

describe("a crash at any point", () => {
  const cases = {
    verified: { expected: "verified", prepare: () => setting() },
    restored: {
      expected: "restored",
      prepare: () => {
        const one = setting();
        one.world.refuses = refusingAt("r1");
        return one;
      },
    },
    "first file removed": {
      expected: "restored",
      prepare: () => {
        const one = setting({ published: null, live: null });
        one.world.refuses = refusingAt("r0");
        return one;
      },
    },
  };
  it.each(Object.entries(cases))("ends %s all the same", async (_name, { expected, prepare }) => {
    let crashes = 0;
    for (let at = 1; ; at++) {
      const { work, world, journal } = prepare();
      const fuse = new Fuse(at);
      world.fuse = fuse;
      journal.fuse = fuse;
      let status = await runSaga(work, world, journal).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
        return null;
      });
      if (status !== null) break;
      crashes++;
      for (const text of world.files.values()) expect(["old", "new"]).toContain(text);
      status = await runSaga(work, world, journal);
      expect(status, `crash ${at}`).toBe(expected);
      const end = expected === "verified" ? "new" : "old";
      for (const text of world.files.values()) expect(text).toBe(end);
    }
    expect(crashes).toBeGreaterThan(25);
  });
});
