import { expect, test } from "vitest";
import { metrics } from "./metrics";

test("is one registry per process and prints what was counted", async () => {
  metrics().publications.inc({ status: "verified" });
  expect(metrics()).toBe(metrics());
  expect(await metrics().registry.metrics()).toContain('signalbox_publications_total{status="verified"} 1');
});
