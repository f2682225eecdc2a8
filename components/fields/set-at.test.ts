import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { getIn, setAt } from "./set-at";

const config: Config = {
  receivers: [
    { id: "a", name: "default" },
    { id: "b", name: "db", slack_configs: [{ id: "c", channel: "#db" }] },
  ],
};

describe("setAt", () => {
  it("sets a value deep down and leaves the rest shared", () => {
    const next = setAt(config, ["receivers", 1, "slack_configs", 0, "channel"], "#other");
    expect(getIn(next, ["receivers", 1, "slack_configs", 0, "channel"])).toBe("#other");
    expect(next.receivers?.[0]).toBe(config.receivers?.[0]);
    expect(getIn(config, ["receivers", 1, "slack_configs", 0, "channel"])).toBe("#db");
  });

  it("takes keys and elements away", () => {
    expect(setAt(config, ["receivers", 0], undefined).receivers).toHaveLength(1);
    expect(setAt(config, ["receivers", 1, "slack_configs", 0, "channel"], undefined).receivers?.[1]).toEqual({
      id: "b",
      name: "db",
      slack_configs: [{ id: "c" }],
    });
  });

  it("makes what is missing on the way", () => {
    expect(setAt({}, ["global", "http_config", "proxy_url"], "http://p")).toEqual({
      global: { http_config: { proxy_url: "http://p" } },
    });
  });

  it("reads nothing behind a value of another kind", () => {
    expect(getIn(config, ["receivers", "name"])).toBeUndefined();
    expect(getIn(config, ["receivers", 0, "name", 0])).toBeUndefined();
  });
});
