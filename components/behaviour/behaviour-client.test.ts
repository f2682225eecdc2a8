import { describe, expect, it } from "vitest";
import { type Config, DEFAULT_PROFILE_ID } from "@/lib/alertmanager";
import type { Firings } from "@/lib/history/contract";
import { setAt } from "../fields/set-at";
import { BehaviourClient } from "./behaviour-client";
import { BehaviourDesk } from "./behaviour-desk";
import type { BehaviourRequest } from "./behaviour-protocol";

const config: Config = {
  route: { id: "r", receiver: "a", routes: [{ id: "x", receiver: "b", matchers: ["team=db"] }] },
  receivers: [
    { id: "1", name: "a", slack_configs: [{ id: "s" }] },
    { id: "2", name: "b", pagerduty_configs: [{ id: "p" }] },
  ],
};
const edited = (matcher: string): Config => setAt(config, ["route", "routes", 0, "matchers", 0], matcher);
const firings: Firings = {
  from: "2026-11-16T00:00:00Z",
  to: "2026-11-23T00:00:00Z",
  sets: [{ labels: { alertname: "Down", team: "db" }, firings: [1_763_500_000, 1_763_500_600] }],
  truncated: false,
};

/** A worker on this thread that gets and gives clones, as a real one does. */
class LocalWorker extends EventTarget {
  readonly requests: BehaviourRequest[] = [];
  readonly #desk = new BehaviourDesk();
  terminated = false;

  postMessage(message: BehaviourRequest) {
    const request = structuredClone(message);
    this.requests.push(request);
    const data = structuredClone(this.#desk.answer(request));
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }
  terminate() {
    this.terminated = true;
  }
}

function connect() {
  const workers: LocalWorker[] = [];
  const client = new BehaviourClient(() => {
    const worker = new LocalWorker();
    workers.push(worker);
    return worker as EventTarget as Worker;
  });
  const compare = (before: Config, after: Config, more: Partial<{ profile: string; firings: Firings }> = {}) =>
    client.compare({ before, after, profile: DEFAULT_PROFILE_ID, firings, detailed: true, ...more });
  return { compare, workers };
}

describe("comparing in a worker", () => {
  it("sends the history once, and of the configurations what changed", async () => {
    const { compare, workers } = connect();
    expect(await compare(config, edited("team=web"))).toMatchObject({ basis: "history", alerts: 1, moved: 1 });
    expect(await compare(config, edited('team=~"db|web"'))).toMatchObject({ moved: 0, lost: 0, gained: 0 });
    const [first, second] = workers[0]?.requests ?? [];
    expect(first).toMatchObject({ history: { sets: firings.sets }, before: { whole: config } });
    expect(second).toMatchObject({
      ...{ history: null, before: { patches: [] } },
      after: { patches: [{ path: ["route", "routes", 0, "matchers", 0], value: 'team=~"db|web"' }] },
    });
    const changed = await compare(edited("team=web"), config, { firings: { ...firings, sets: [] } });
    expect(changed.basis).toBe("witnesses");
  });

  it("answers each question for itself when several are under way", async () => {
    const { compare } = connect();
    const answers = await Promise.all(["team=web", "team=db", "team!=db"].map((one) => compare(config, edited(one))));
    expect(answers.map(({ moved }) => moved)).toEqual([1, 0, 1]);
  });

  it("starts again, from the beginning, when the worker is lost or could not compare", async () => {
    const { compare, workers } = connect();
    await compare(config, config);
    workers[0]?.dispatchEvent(new Event("error", { cancelable: true }));
    expect(workers[0]?.terminated).toBe(true);
    expect((await compare(config, edited("team=web"))).moved).toBe(1);
    await expect(compare(config, config, { profile: "alertmanager@99" })).rejects.toThrow();
    expect((await compare(config, edited("team=web"))).moved).toBe(1);
    expect(workers[1]?.requests.at(-1)).toMatchObject({ before: { whole: config } });
  });
});
