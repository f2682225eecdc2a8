import { describe, expect, it } from "vitest";
import type { CasePreview, IntegrationPreview } from "@/lib/alertmanager";
import { caseStates, failingCases } from "./case-state";

const sent = (id: string, more: Partial<CasePreview> = {}): CasePreview => ({
  case: id,
  outcome: "sent",
  requests: [],
  warnings: [],
  ...more,
});
const integration = (index: number, cases: readonly CasePreview[]): IntegrationPreview => ({
  key: "slack_configs",
  index,
  path: ["receivers", 0, "slack_configs", index],
  cases,
});

describe("what becomes of a case", () => {
  it("is the gravest of what becomes of it in any integration", () => {
    const warned = sent("many", { warnings: [{ code: "blank", path: ["title"] }] });
    const states = caseStates([
      integration(0, [sent("one"), warned, sent("resolved", { outcome: "silent" }), sent("mixed")]),
      integration(1, [
        sent("one", { outcome: "failed", failure: { message: "no", retried: false } }),
        sent("many"),
        sent("resolved", { outcome: "silent" }),
        sent("mixed", { outcome: "silent" }),
      ]),
    ]);
    expect(Object.fromEntries(states)).toEqual({ one: "error", many: "warning", resolved: "quiet", mixed: "sent" });
  });

  it("is an error when the program dies of it, warnings or not", () => {
    const died = sent("huge", { outcome: "crashed", crash: "panic", warnings: [{ code: "blank", path: [] }] });
    expect(caseStates([integration(0, [died])]).get("huge")).toBe("error");
    expect(failingCases(integration(0, [died, sent("one"), sent("many", { outcome: "failed" })]))).toBe(2);
  });

  it("is fine when only the longest texts are cut", () => {
    const cut = { warnings: [{ code: "truncated", path: ["title"] }] } as const;
    const blank = { warnings: [...cut.warnings, { code: "blank", path: ["text"] }] } as const;
    const states = (id: string, more: Partial<CasePreview>) => caseStates([integration(0, [sent(id, more)])]).get(id);
    expect(states("huge", cut)).toBe("sent");
    expect(states("one", cut)).toBe("warning");
    expect(states("huge", blank)).toBe("warning");
  });

  it("is an error when a message goes out without what its template should have said, though something is sent", () => {
    const ignored = sent("one", {
      warnings: [{ code: "template_ignored", path: ["title"], message: "no such field" }],
    });
    expect(caseStates([integration(0, [ignored])]).get("one")).toBe("error");
    expect(failingCases(integration(0, [ignored]))).toBe(0);
  });
});
