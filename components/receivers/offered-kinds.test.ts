import { expect, it } from "vitest";
import { INTEGRATION_KEYS, profileFor } from "@/lib/alertmanager";
import { offeredKinds } from "./offered-kinds";

const judge = (target: string, version: string) => ({
  target,
  version,
  profile: profileFor(`alertmanager@${version}`),
});

it("offers all kinds, each once, while no target lacks one", () => {
  const { common, rest, hidden } = offeredKinds([judge("new", "0.34")], []);
  expect([...common, ...rest].sort()).toEqual([...INTEGRATION_KEYS].sort());
  expect(hidden).toEqual([]);
});

it("hides what one of the targets cannot send through, and says which target", () => {
  const judges = [judge("new", "0.34"), judge("old", "0.25")];
  const { common, rest, hidden } = offeredKinds(judges, []);
  expect([...common, ...rest]).not.toContain("jira_configs");
  const jira = hidden.find(({ key }) => key === "jira_configs");
  expect(jira?.lacking.map(({ target }) => target)).toEqual(["old"]);
  expect(common.length + rest.length + hidden.length).toBe(INTEGRATION_KEYS.length);
});

it("goes on offering what the receiver has already", () => {
  const { rest, hidden } = offeredKinds([judge("old", "0.25")], ["jira_configs"]);
  expect(rest).toContain("jira_configs");
  expect(hidden.map(({ key }) => key)).not.toContain("jira_configs");
});
