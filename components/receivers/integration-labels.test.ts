import { expect, it } from "vitest";
import { INTEGRATION_KEYS, INTEGRATIONS } from "@/lib/alertmanager";
import { INTEGRATION_LABELS } from "./integration-labels";

it("calls each kind as its definition does", () => {
  expect(INTEGRATION_LABELS).toEqual(Object.fromEntries(INTEGRATION_KEYS.map((key) => [key, INTEGRATIONS[key].label])));
});
