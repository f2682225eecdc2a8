import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config, ConfigDocument } from "@/lib/alertmanager";
import { AppError, type ErrorCode } from "@/lib/errors";
import { abandon, edit, evolve, freeze, importDocument, open, publish, rebase, reopen, retitle } from "./decider";
import { type ChangeEvent, type ChangeState, NO_CHANGE } from "./events";

const config: Config = {
  route: { id: "r0", receiver: "default", routes: [{ id: "r1", receiver: "pager", matchers: ['team="a"'] }] },
  receivers: [
    { id: "c1", name: "default" },
    { id: "c2", name: "pager", slack_configs: [{ id: "i1", channel: "#a" }] },
  ],
};
const start: ConfigDocument = { config, templates: [], source: null };
const opened = open(NO_CHANGE, { number: 1, title: "First", baseRevision: null, document: start, openedBy: "p" });
const freezing = { revision: 1, sha256: "00", comment: "", secretRefs: [], frozenBy: "p" };

/** As the log gives events back: plain JSON, keys in another order. */
function fold(events: readonly ChangeEvent[], state = NO_CHANGE): ChangeState {
  return events.map((event) => JSON.parse(JSON.stringify(event)) as ChangeEvent).reduce(evolve, state);
}

function given(...events: ChangeEvent[]) {
  const state = fold([...opened, ...events]);
  return {
    when: (decide: (state: ChangeState) => ChangeEvent[]) => decide(state),
    types: (decide: (state: ChangeState) => ChangeEvent[]) => decide(state).map(({ type }) => type),
    state,
  };
}

function withConfig(changes: Partial<Config>): ConfigDocument {
  return { ...start, config: { ...config, ...changes } };
}

function code(run: () => unknown): ErrorCode | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof AppError ? error.code : undefined;
  }
  return undefined;
}

describe("a change", () => {
  it("holds what was live when it was opened", () => {
    expect(given().state).toMatchObject({ status: "draft", number: 1, title: "First", document: start });
    expect(code(() => open(given().state, { ...opening(), number: 2 }))).toBe("conflict");
  });

  it("keeps the order of keys through the log", () => {
    expect(JSON.stringify(given().state.document)).toBe(JSON.stringify(start));
  });

  it("writes nothing when nothing differs", () => {
    expect(given().when((state) => edit(state, structuredClone(start)))).toEqual([]);
    expect(given().when((state) => retitle(state, "First"))).toEqual([]);
    expect(given().when((state) => importDocument(state, start, REPORT))).toEqual([]);
  });

  it.each<[string, ConfigDocument, string[]]>([
    ["ReceiverAdded", withConfig({ receivers: [...config.receivers!, { id: "c3", name: "new" }] }), ["ReceiverAdded"]],
    [
      "ReceiverChanged",
      withConfig({
        receivers: [config.receivers![0]!, { ...config.receivers![1]!, slack_configs: [{ id: "i1", channel: "#b" }] }],
      }),
      ["ReceiverChanged"],
    ],
    ["ReceiverRemoved", withConfig({ receivers: [config.receivers![0]!] }), ["ReceiverRemoved"]],
    [
      "RouteAdded",
      withConfig({
        route: { ...config.route!, routes: [...config.route!.routes!, { id: "r2", receiver: "default" }] },
      }),
      ["RouteAdded"],
    ],
    ["RouteRemoved", withConfig({ route: { ...config.route!, routes: [] } }), ["RouteRemoved"]],
    ["RouteChanged", withConfig({ route: { ...config.route!, group_wait: "10s" } }), ["RouteChanged"]],
    ["GlobalChanged", withConfig({ global: { resolve_timeout: "1m" } }), ["GlobalChanged"]],
    ["InhibitRulesChanged", withConfig({ inhibit_rules: [{ equal: ["a"] }] }), ["InhibitRulesChanged"]],
    ["TimeIntervalsChanged", withConfig({ time_intervals: [{ name: "n" }] }), ["TimeIntervalsChanged"]],
    ["TemplateAdded", { ...start, templates: [{ name: "a.tmpl", content: "x" }] }, ["TemplateAdded"]],
    ["SourceEdited", { ...start, source: "# only a comment\n" }, ["SourceEdited"]],
    ["OtherSettingsChanged", withConfig({ tracing: { endpoint: "x" } }), ["OtherSettingsChanged"]],
  ])("tells %s, and its fold is what was saved", (_name, next, types) => {
    const events = given().when((state) => edit(state, next));
    expect(events.map(({ type }) => type)).toEqual(types);
    expect(fold(events, given().state).document).toEqual(next);
  });

  it("tells a rename once, and what it did to the routes", () => {
    const next = withConfig({
      receivers: [config.receivers![0]!, { ...config.receivers![1]!, name: "on-call" }],
      route: { ...config.route!, routes: [{ ...config.route!.routes![0]!, receiver: "on-call" }] },
    });
    const events = given().when((state) => edit(state, next));
    expect(events.map(({ type }) => type).sort()).toEqual(["ReceiverRenamed", "RouteChanged"]);
    expect(fold(events, given().state).document).toEqual(next);
  });

  it("is frozen once, then published or a draft again", () => {
    const frozen = given().when((state) => freeze(state, freezing));
    const closed = given(...frozen);
    expect(closed.state).toMatchObject({ status: "frozen", revision: 1 });
    expect(code(() => closed.when((state) => edit(state, { ...start, source: "x" })))).toBe("conflict");
    expect(code(() => closed.when((state) => freeze(state, freezing)))).toBe("conflict");
    expect(code(() => closed.when((state) => publish(state, 2)))).toBe("conflict");

    const published = closed.when((state) => publish(state, 1));
    expect(fold(published, closed.state).status).toBe("published");
    expect(publish(fold(published, closed.state), 1)).toEqual([]);

    const reopened = closed.when((state) => reopen(state, 1, "refused"));
    expect(fold(reopened, closed.state).status).toBe("draft");
    expect(reopen(fold(reopened, closed.state), 1, "refused")).toEqual([]);
  });

  it("is abandoned once and then closed", () => {
    const closed = given(...given().when((state) => abandon(state, "p")));
    expect(closed.when((state) => abandon(state, "p"))).toEqual([]);
    expect(code(() => closed.when((state) => edit(state, start)))).toBe("conflict");
  });

  it("remembers onto what it was rebased", () => {
    const merged = withConfig({ global: { resolve_timeout: "1m" } });
    const events = given().when((state) => rebase(state, 4, merged));
    expect(fold(events, given().state)).toMatchObject({ baseRevision: 4, document: merged });
  });

  it("is what was saved last, whatever was saved before", () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    const saved = fc.record({
      config: fc.record({
        route: fc.record({
          id: fc.constant("r0"),
          receiver: name,
          routes: fc.uniqueArray(fc.record({ id: name, receiver: name }), { selector: ({ id }) => id }),
        }),
        receivers: fc.uniqueArray(fc.record({ id: name, name: fc.string() }), { selector: ({ id }) => id }),
        inhibit_rules: fc.array(fc.record({ equal: fc.array(name) })),
      }),
      templates: fc.uniqueArray(fc.record({ name, content: fc.string() }), { selector: (file) => file.name }),
      source: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(fc.array(saved, { minLength: 1, maxLength: 6 }), (documents) => {
        let state = given().state;
        for (const document of documents) {
          const events = edit(state, document);
          for (const { type, data } of events) {
            const silent = JSON.stringify(data.edits) === "[]" && !("changes" in data);
            expect(silent, `${type} tells nothing`).toBe(false);
          }
          state = fold(events, state);
        }
        expect(state.document).toEqual(JSON.parse(JSON.stringify(documents.at(-1))));
      }),
    );
  });

  it("does not exist before it is opened", () => {
    expect(code(() => retitle(NO_CHANGE, "x"))).toBe("not_found");
    expect(code(() => edit(NO_CHANGE, start))).toBe("not_found");
    expect(code(() => abandon(NO_CHANGE, "p"))).toBe("not_found");
  });
});

const REPORT = { receivers: 2, routes: 2, unknownKeys: [] };

function opening() {
  return { number: 1, title: "First", baseRevision: null, document: start, openedBy: "p" };
}
