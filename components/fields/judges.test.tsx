import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { INTEGRATIONS, type JsonObject, profileFor } from "@/lib/alertmanager";
import { loadMessages } from "../messages";
import en from "../messages/en/fields.json";
import { LOCALES } from "../messages/namespaces";
import { DiagnosticsIndex } from "./diagnostics-index";
import { type FieldsEnvironment, FieldsProvider } from "./environment";
import { FieldDiagnostics } from "./field-diagnostics";
import type { Finding, Judge } from "./judges";
import { StructForm } from "./struct-form";

const judge = (target: string, version: string | null, profile: string): Judge => ({
  target,
  version,
  profile: profileFor(profile),
});
const OLD = judge("production", "0.28.1", "alertmanager@0.28");
const NEW = judge("staging", "0.34.0", "alertmanager@0.34");

function textOf(judges: readonly Judge[], shown: React.ReactNode): string {
  const environment: FieldsEnvironment = {
    profile: judges[0]?.profile ?? NEW.profile,
    judges,
    readOnly: false,
    diagnostics: new DiagnosticsIndex(),
    secretFacts: () => undefined,
    global: {},
    receiverNames: [],
    timeIntervalNames: [],
    set: () => {},
    applyFix: () => {},
    seal: async () => "",
  };
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ fields: en, diagnostics: {} }}>
      <FieldsProvider value={environment}>{shown}</FieldsProvider>
    </NextIntlClientProvider>,
  );
}
const slack = INTEGRATIONS.slack_configs;
const form = (value: JsonObject) => (
  <StructForm
    struct={{ ...slack, fields: slack.fields.filter(({ key }) => key === "app_url" || key === "channel") }}
    path={["receivers", 0, "slack_configs", 0]}
    value={value}
    dense
  />
);

describe("a field that a target does not know", () => {
  it("is disabled and says since when it exists and what the target runs", () => {
    const html = textOf([OLD, NEW], form({}));
    expect(html).toContain("since 0.30; production runs 0.28.1");
    expect(html).toContain('aria-disabled="true"');
    expect(html).not.toContain("staging");
  });

  it("can still be seen and taken away when it is set", () => {
    const html = textOf([OLD], form({ app_url: "https://a.example" }));
    expect(html).toContain("since 0.30; production runs 0.28.1");
    expect(html).toContain('value="https://a.example"');
    expect(html).not.toContain("aria-disabled=");
  });

  it("is a field like any other when all targets know it", () => {
    expect(textOf([NEW], form({}))).not.toContain("since");
    expect(textOf([], form({}))).not.toContain("since");
  });

  it("says when the version is only assumed, and when a build leaves something out", () => {
    const silent = judge("silent", null, "alertmanager@0.28");
    expect(textOf([silent], form({}))).toContain("since 0.30; silent is checked as 0.28");
    const jira = {
      name: "Receiver",
      fields: [{ key: "jira_configs", type: { kind: "string" }, since: "0.28" }],
    } as const;
    expect(textOf([OLD], <StructForm struct={jira} path={["receivers", 0]} value={{}} dense />)).toContain(
      "not built in: production runs 0.28.1",
    );
  });
});

describe("a finding", () => {
  const finding: Finding = { code: "yaml_syntax", severity: "error", path: ["route"], params: {}, message: "no" };
  const shown = (objectors: readonly string[]) => (
    <FieldDiagnostics id="x" diagnostics={[objectors.length > 0 ? { ...finding, objectors } : finding]} />
  );

  it("names the targets that make it, where others do not", () => {
    expect(textOf([OLD, NEW], shown([OLD.profile.id]))).toContain("Only production (0.28.1) objects");
    expect(textOf([OLD, NEW], shown([]))).not.toContain("Only");
  });
});

it.each(LOCALES)("has its words in %s", async (locale) => {
  const { fields }: { fields: typeof en } = Object(await loadMessages(locale));
  const t = createTranslator({ locale, messages: { fields } });
  expect(t("fields.since", { since: "0.30", targets: "a" })).toMatch(/0\.30.*a$/);
  expect(t("fields.onlyFor", { count: 2, targets: "a, b" })).toContain("a, b");
});
