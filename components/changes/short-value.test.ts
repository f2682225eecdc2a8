import { expect, it } from "vitest";
import { shortValue } from "./short-value";

it.each([
  ["30s", "30s"],
  ["", "''"],
  [true, "true"],
  [null, "null"],
  [["alertname", "cluster"], "[alertname, cluster]"],
  [{ id: "x", tls_config: { ca_file: "/ca.pem" } }, "{tls_config: {ca_file: /ca.pem}}"],
] as const)("%j reads %s", (value, text) => {
  expect(shortValue(value as Parameters<typeof shortValue>[0])).toBe(text);
});

it("is cut where it gets long", () => {
  expect(shortValue("x".repeat(500))).toBe(`${"x".repeat(160)}…`);
});
