import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { receiverUses } from "../editor/route-uses";
import {
  addIntegration,
  duplicateReceiver,
  entriesOf,
  freeName,
  moveIntegration,
  removeIntegration,
  renameReceiver,
} from "./receiver-edits";

const config: Config = {
  route: {
    id: "r0",
    receiver: "default",
    routes: [{ id: "r1", receiver: "db", routes: [{ id: "r2", receiver: "db" }] }],
  },
  receivers: [
    { id: "a", name: "default" },
    { id: "b", name: "db", slack_configs: [{ id: "s1" }, { id: "s2" }], webhook_configs: [{ id: "w" }] },
  ],
};

describe("a receiver", () => {
  it("takes its routes along when it is renamed", () => {
    const next = renameReceiver(config, "b", "database");
    expect(next.receivers?.[1]?.name).toBe("database");
    expect(receiverUses(next, "database").map(({ id }) => id)).toEqual(["r1", "r2"]);
    expect(receiverUses(next, "db")).toEqual([]);
  });

  it("leaves the routes to another one of its name", () => {
    const twins = { ...config, receivers: [...(config.receivers ?? []), { id: "c", name: "db" }] };
    expect(receiverUses(renameReceiver(twins, "b", "database"), "db")).toHaveLength(2);
  });

  it("gets a name and ids of its own when it is duplicated", () => {
    let next = 0;
    const copied = duplicateReceiver(config, "b", () => `new-${next++}`).receivers?.[2];
    expect(copied?.name).toBe("db-copy");
    expect(copied && entriesOf(copied).map(({ integration }) => integration.id)).toEqual(["new-1", "new-2", "new-3"]);
  });

  it("finds a free name", () => {
    expect(freeName(config, "db")).toBe("db-2");
    expect(freeName(config, "slack")).toBe("slack");
  });
});

describe("an integration", () => {
  it("is added, moved within its kind and removed", () => {
    const added = addIntegration(config, "b", "slack_configs", { id: "s3" });
    const moved = moveIntegration(added, "b", "slack_configs", 2, -1);
    expect(moved.receivers?.[1]?.slack_configs?.map(({ id }) => id)).toEqual(["s1", "s3", "s2"]);
    expect(moveIntegration(config, "b", "slack_configs", 0, -1)).toEqual(config);
    const removed = removeIntegration(config, "b", "webhook_configs", 0).receivers?.[1];
    expect(removed).not.toHaveProperty("webhook_configs");
  });
});
