import { expect, it } from "vitest";
import type { TemplateFinding } from "@/lib/alertmanager";
import { mergeFindings } from "./merge-findings";

const finding = (
  code: TemplateFinding["code"],
  from: number,
  more: Partial<TemplateFinding> = {},
): TemplateFinding => ({
  ...{ code, from, to: from + 1, file: "a.tmpl", severity: "error", params: { name: "x" } },
  ...more,
});

it("tells a thing once, and who objects when not all do", () => {
  const later = (version: string) =>
    finding("function_later", 9, { params: { name: "toJson", since: "0.30", version } });
  const merged = mergeFindings([
    { version: "0.28", findings: [finding("syntax", 20), later("0.28")] },
    { version: "0.29", findings: [finding("syntax", 20), later("0.29")] },
    { version: "0.34", findings: [finding("syntax", 20)] },
  ]);
  expect(merged.map(({ code, versions }) => [code, versions])).toEqual([
    ["function_later", ["0.28", "0.29"]],
    ["syntax", undefined],
  ]);
});

it("keeps the gravest judgement", () => {
  const merged = mergeFindings([
    { version: "0.28", findings: [finding("field_unknown", 1, { severity: "warning" })] },
    { version: "0.34", findings: [finding("field_unknown", 1)] },
  ]);
  expect(merged).toMatchObject([{ severity: "error" }]);
});

it("names no version when one profile judges", () => {
  expect(mergeFindings([{ version: "0.34", findings: [finding("syntax", 1)] }])[0]).not.toHaveProperty("versions");
});
