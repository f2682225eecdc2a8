import { expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { checkAll } from "./check-all";

const saved = (receiver: string): SavedExpectation => ({
  ...{ id: receiver, version: 1, savedAt: "2026-11-23T12:00:00Z", savedBy: "alice" },
  expectation: { name: receiver, labels: { téam: "db" }, receivers: [receiver] },
});

it("names the first target for which one fails", () => {
  // A name in UTF-8 is read since 0.27 only: before, this route takes nothing.
  const config: Config = {
    route: { id: "r", receiver: "chat", routes: [{ id: "a", receiver: "pager", matchers: ['"téam"="db"'] }] },
    receivers: ["chat", "pager"].map((name) => ({ id: name, name })),
  };
  const [holds, fails] = checkAll(config, ["alertmanager@0.34", "alertmanager@0.25"], [saved("pager"), saved("chat")]);
  expect(holds?.receivers).toEqual(["pager"]);
  expect(holds?.failure).toMatchObject({ profile: "alertmanager@0.25", receivers: ["chat"] });
  expect(fails?.failure).toMatchObject({ profile: "alertmanager@0.34", reason: { code: "differs" } });
  expect(checkAll(config, ["alertmanager@0.34"], [saved("pager")])[0]?.failure).toBeNull();
});
