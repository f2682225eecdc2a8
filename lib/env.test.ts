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

test("what makes sense only together is asked for together", () => {
  expect(() => parseEnv({ TLS_CERT_FILE: "cert.pem" })).toThrow(/TLS_KEY_FILE: is not set, and TLS_CERT_FILE needs it/);
  expect(() => parseEnv({ TLS_KEY_FILE: "key.pem" })).toThrow(/TLS_CERT_FILE: /);
  expect(() => parseEnv({ OIDC_ISSUER: "https://sso.example" })).toThrow(/OIDC_CLIENT_ID: /);
  expect(parseEnv({ TLS_CERT_FILE: "cert.pem", TLS_KEY_FILE: "key.pem" }).TLS_KEY_FILE).toBe("key.pem");
});
