import { expect, it } from "vitest";
import type { ConfigDocument } from "@/lib/alertmanager";
import { Previews } from "./previews";

const KNOWN = { secrets: {}, defaults: {} };
const SHOWN = { profile: "alertmanager@0.34", sample: null, now: "2026-03-02T08:12:00Z" };

it("what is kept of answers stays bounded over thousands of receivers", () => {
  const previews = new Previews((_, receiver) => [
    { key: "slack_configs", index: 0, path: ["receivers", receiver, "slack_configs", 0], cases: [] },
  ]);
  const receivers = Array.from({ length: 2_000 }, (_, index) => ({ id: `r${index}`, name: `r${index}` }));
  const document: ConfigDocument = { config: { receivers }, templates: [], source: null };
  for (const [index, { id }] of receivers.entries()) {
    previews.answer(document, KNOWN, { ...SHOWN, receiver: id }, null, index + 1);
  }
  expect(previews.size()).toBeLessThan(50);
  const last = previews.answer(document, KNOWN, { ...SHOWN, receiver: "r1999" }, 2_000, 3_000);
  expect(last.preview).toEqual({ integrations: [null], reach: null });
  const old = previews.answer(document, KNOWN, { ...SHOWN, receiver: "r0" }, 1, 3_001);
  expect(old.preview?.integrations[0]).not.toBeNull();
  previews.answer({ ...document, config: {} }, KNOWN, { ...SHOWN, receiver: "r0" }, 1, 3_002);
  expect(previews.size()).toBeLessThan(50);
});
