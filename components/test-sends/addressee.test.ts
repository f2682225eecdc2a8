import { expect, it } from "vitest";
import { addressee } from "./addressee";

const REF = "secret://11111111-1111-4111-8111-111111111111/1";
const secrets = {
  [REF]: { kind: "secretUrl", valid: true, host: "hooks.example", templated: false, setAt: "2026-01-01T00:00:00Z" },
} as const;

it.each([
  [{ channel: "#pages", api_url: REF }, "#pages"],
  [{ api_url: REF }, "hooks.example"],
  [{ url: "https://a.example:8443/path?token=t" }, "a.example:8443"],
  [{ chat_id: -42 }, "-42"],
  [{ to: "a@b.example" }, "a@b.example"],
  [{ routing_key: "secret://22222222-2222-4222-8222-222222222222/1" }, ""],
  [{}, ""],
])("%j goes to %s", (fields, expected) => {
  expect(addressee({ id: "i", ...fields }, secrets)).toBe(expected);
});
