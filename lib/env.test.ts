import { expect, test } from "vitest";
import { parseEnv } from "./env";

test("has defaults for everything that a first start needs", () => {
  const env = parseEnv({ PORT: "" });
  expect(env).toMatchObject({ PORT: 3000, HOST: "127.0.0.1", OUTBOUND_ALLOW: "" });
  expect(env.DATA_DIR).toMatch(/^\/.*\.data$/);
});

test("names what is wrong and does not repeat the value", () => {
  expect(() => parseEnv({ PORT: "hunter2", PUBLIC_URL: "not a url" })).toThrow(/PORT: [\s\S]*PUBLIC_URL: /);
  expect(() => parseEnv({ PORT: "hunter2" })).not.toThrow(/hunter2/);
});
