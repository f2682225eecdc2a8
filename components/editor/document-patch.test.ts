import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config, Json } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { applyPatches, patchesBetween, sharing } from "./document-patch";

const json = (): fc.Arbitrary<Json> => fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const receivers = Array.from({ length: 1_000 }, (_, index) => ({
  id: `r${index}`,
  name: `team-${index}`,
  slack_configs: [{ id: `s${index}`, channel: "#a" }],
}));
const config: Config = { route: { id: "root", receiver: "team-0" }, receivers };

describe("patchesBetween", () => {
  it("turns any document into any other, also after the way to the worker", () => {
    fc.assert(
      fc.property(json(), json(), (before, after) => {
        const sent = structuredClone(patchesBetween(before, after));
        expect(applyPatches(structuredClone(before), sent)).toEqual(after);
      }),
    );
  });

  it("is as large as the edit, not as the document", () => {
    const next = setAt(config, ["receivers", 500, "slack_configs", 0, "channel"], "#b");
    expect(patchesBetween(config, next)).toEqual([
      { path: ["receivers", 500, "slack_configs", 0, "channel"], value: "#b" },
    ]);
  });

  it("sends only the entry that was added or taken out", () => {
    const without = setAt(config, ["receivers", 500], undefined);
    expect(patchesBetween(config, without)).toEqual([{ path: ["receivers"], at: 500, remove: 1, insert: [] }]);
    const back = patchesBetween(without, config);
    expect(back).toEqual([{ path: ["receivers"], at: 500, remove: 0, insert: [receivers[500]] }]);
    expect(applyPatches(without, back)).toEqual(config);
  });

  it("takes a key away and finds nothing between equals", () => {
    const less = setAt(config, ["route", "receiver"], undefined);
    expect(patchesBetween(config, less)).toEqual([{ path: ["route", "receiver"] }]);
    expect(patchesBetween(config, structuredClone(config))).toEqual([]);
  });
});

describe("sharing", () => {
  it("keeps the objects of an answer that says the same", () => {
    const answer = structuredClone(setAt(config, ["receivers", 1, "name"], "sealed"));
    const shared = sharing(config, answer);
    expect(shared).toEqual(answer);
    expect(shared.receivers?.[0]).toBe(receivers[0]);
    expect(sharing(config, structuredClone(config))).toBe(config);
  });
});
