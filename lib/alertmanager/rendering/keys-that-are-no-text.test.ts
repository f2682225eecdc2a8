import { describe, expect, it } from "vitest";
import type { Config, JsonObject } from "../config/types";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { renderConfig } from "./render-config";

const SOURCE = `route: {receiver: a}
receivers:
  - name: a
    webhook_configs:
      - url: http://h/
        payload:
          y: 1 # never sent
          a: b
`;
const profile = profileFor("alertmanager@0.34");

const read = (text: string): Config => parseConfig(text, { profile, newId: () => "id" }).config!;
const payloadOf = (config: Config) =>
  (config.receivers![0] as unknown as { webhook_configs: { payload: JsonObject }[] }).webhook_configs[0]!;

function rendered(edit: (payload: JsonObject) => void): { yaml: string; again: JsonObject } {
  const config = structuredClone(read(SOURCE));
  edit(payloadOf(config).payload);
  const { yaml } = renderConfig({ config, source: SOURCE });
  return { yaml, again: payloadOf(read(yaml)).payload };
}

describe("a key of a payload that YAML 1.1 does not take for text", () => {
  it("stays where it stands while nothing beside it is edited", () => {
    expect(payloadOf(read(SOURCE)).payload).toEqual({ a: "b" });
    expect(rendered(() => {}).yaml).toBe(SOURCE);
  });

  it("does not keep what is edited beside it from being sent", () => {
    const edit = (payload: JsonObject) => {
      payload.a = "c";
    };
    expect(rendered(edit).again).toEqual({ a: "c" });
  });

  it("is quoted when somebody writes it as a text", () => {
    const edit = (payload: JsonObject) => {
      payload.y = 2;
    };
    expect(rendered(edit).again).toEqual({ a: "b", y: 2 });
  });
});
