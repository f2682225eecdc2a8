import { describe, expect, it } from "vitest";
import type { Field } from "@/lib/alertmanager";
import { ghostOf } from "./environment";

const wait: Field = { key: "group_wait", type: { kind: "duration" }, default: "30s" };
const path = ["route", "routes", 0, "group_wait"];

describe("the ghost of an absent key", () => {
  it("is what lies above, before any default, and says from where", () => {
    const inheritedAt = () => ({ from: "above", value: "10s", source: "from route 2.1" }) as const;
    expect(ghostOf(wait, path, { global: {}, inheritedAt })).toEqual({
      from: "above",
      value: "10s",
      source: "from route 2.1",
    });
  });

  it("is the struct's default when nothing above says anything", () => {
    expect(ghostOf(wait, path, { global: {}, inheritedAt: () => undefined })).toEqual({
      from: "default",
      value: "30s",
    });
    expect(ghostOf({ ...wait, default: "" }, path, { global: {} })).toBeNull();
  });

  it("is nothing where the surroundings know that nothing is taken", () => {
    expect(ghostOf(wait, path, { global: {}, inheritedAt: () => null })).toBeNull();
  });

  it("is a default where only a default of global gives it", () => {
    const url: Field = { key: "url", type: { kind: "url" }, inherits: "pagerduty_url" };
    expect(ghostOf(url, path, { global: {} })).toMatchObject({
      from: "default",
      value: expect.stringContaining("pagerduty"),
    });
  });

  it("is the value of global where the field names one", () => {
    const url: Field = { key: "api_url", type: { kind: "url" }, inherits: "slack_api_url" };
    expect(ghostOf(url, path, { global: { slack_api_url: "https://a.example" } })).toEqual({
      from: "global",
      key: "slack_api_url",
      value: "https://a.example",
    });
  });
});
