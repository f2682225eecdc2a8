import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Json, profileFor } from "@/lib/alertmanager";
import { DiagnosticsIndex } from "../fields/diagnostics-index";
import { type FieldsEnvironment, FieldsProvider } from "../fields/environment";
import fields from "../messages/en/fields.json";
import messages from "../messages/en/inhibit-rules.json";
import { PastTable } from "./past-muted";
import { RuleSentence } from "./rule-sentence";
import { VerdictRow } from "./verdict-row";

const ENVIRONMENT: FieldsEnvironment = {
  profile: profileFor("alertmanager@0.34"),
  judges: [],
  readOnly: true,
  diagnostics: new DiagnosticsIndex(),
  secretFacts: () => undefined,
  global: {},
  receiverNames: [],
  timeIntervalNames: [],
  set: () => {},
  applyFix: () => {},
  seal: async () => "",
};

function textOf(shown: React.ReactNode): string {
  const html = renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ fields, "inhibit-rules": messages }}>
        <FieldsProvider value={ENVIRONMENT}>{shown}</FieldsProvider>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
  return html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

describe("a rule", () => {
  const sentence = (entry: Json) => textOf(<RuleSentence section="inhibit_rules" entry={entry} index={0} />);

  it("reads as a sentence", () => {
    const text = sentence({
      source_matchers: ["severity=critical"],
      target_matchers: ["severity=warning"],
      equal: ["team"],
    });
    expect(text).toMatch(/When this fires.*severity = &quot;critical&quot;.*mute this.*warning.*if these agree.*team/);
    expect(text).not.toContain("Without");
  });

  it("says what nothing means", () => {
    const text = sentence({});
    expect(text).toContain("Without matchers every alert is a source.");
    expect(text).toContain("Without labels any source mutes all targets, wherever they are.");
  });
});

describe("an alert", () => {
  it("is muted by a rule because of another one, and not everywhere", () => {
    const source = { alertname: "NodeDown", node: "a" };
    const inhibitedBy = [{ rule: 1, name: "", sources: [source, { alertname: "Other" }] }];
    const text = textOf(
      <VerdictRow
        verdict={{ labels: { alertname: "Disk", node: "a" }, inhibitedBy, muting: ["old"], passing: ["new"] }}
        named={(profile) => `the ${profile} one`}
      />,
    );
    expect(text).toMatch(
      /Disk node = &quot;a&quot; muted by Rule 2 because of NodeDown node = &quot;a&quot; and 1 more/,
    );
    expect(text).toContain("the old one: muted. the new one: not muted. Since 0.30");
  });

  it("is not muted, and all agree", () => {
    const verdict = { labels: { alertname: "Disk" }, inhibitedBy: [], muting: [], passing: ["new"] };
    expect(textOf(<VerdictRow verdict={verdict} named={(id) => id} />).trim()).toBe("Disk not muted");
  });
});

describe("the past", () => {
  it("is a row for each rule, with what is not certain", () => {
    const sample = { labels: { alertname: "Disk" }, from: 0, to: 60, source: { alertname: "NodeDown" }, wholly: true };
    const rows = [
      { rule: 0, name: "nodes", sources: 1200, targets: 50, muted: 40, wholly: 30, uncertain: 2, samples: [sample] },
      { rule: 2, name: "", sources: 0, targets: 7, muted: 0, wholly: 0, uncertain: 0, samples: [] },
    ];
    const text = textOf(<PastTable found={rows} />);
    expect(text).toMatch(/nodes 2 of them match both sides.* 1,200 50 40 30 Rule 3 Its source never fired\. 0 7 0 0/);
    expect(textOf(<PastTable found={[]} />)).toContain("No rule can be read.");
  });
});
