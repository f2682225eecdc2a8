import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { INTEGRATIONS, type Integration, type IntegrationKey, type JsonObject, profileFor } from "@/lib/alertmanager";
import { DiagnosticsIndex } from "../fields/diagnostics-index";
import { type FieldsEnvironment, FieldsProvider } from "../fields/environment";
import { StructForm } from "../fields/struct-form";
import messages from "../messages/en/fields.json";
import { useInherited } from "./use-inherited";

function Probe({ kind, integration }: { kind: IntegrationKey; integration: Integration }) {
  const path = ["receivers", 0, kind, 0];
  const { fields, ...struct } = INTEGRATIONS[kind];
  // Marked as required, so that no fold hides one.
  const open = { ...struct, fields: fields.map((field) => ({ ...field, required: true })) };
  return (
    <FieldsProvider value={useInherited(kind, integration, path)}>
      <StructForm struct={open} path={path} value={integration} omit={["id"]} />
    </FieldsProvider>
  );
}

function textOf(kind: IntegrationKey, more: JsonObject, global: JsonObject, version = "0.34"): string {
  const environment: FieldsEnvironment = {
    profile: profileFor(`alertmanager@${version}`),
    judges: [],
    readOnly: false,
    diagnostics: new DiagnosticsIndex(),
    secretFacts: () => undefined,
    global,
    receiverNames: [],
    timeIntervalNames: [],
    set: () => {},
    applyFix: () => {},
    seal: async () => "",
  };
  const html = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ fields: messages }}>
      <FieldsProvider value={environment}>
        <Probe kind={kind} integration={{ id: "i", ...more }} />
      </FieldsProvider>
    </NextIntlClientProvider>,
  );
  return html.replaceAll(/<[^>]+>/g, "");
}

describe("the form of an integration", () => {
  it("shows what it takes from global, and under which key", () => {
    const email = textOf("email_configs", { to: "a@b.example" }, { smtp_smarthost: "mx:25", smtp_require_tls: false });
    expect(email).toContain("from global (smtp_smarthost): mx:25");
    expect(email).toContain("off, from global");
    expect(email).toContain("default: localhost");
  });

  it("shows a block of global by its keys", () => {
    const global = { http_config: { proxy_url: "http://p:1", no_proxy: "a" } };
    expect(textOf("webhook_configs", {}, global)).toContain("from global (http_config): proxy_url, no_proxy");
    expect(textOf("webhook_configs", { http_config: {} }, global)).not.toContain("from global");
  });

  it("calls a default what global does not write itself", () => {
    expect(textOf("pagerduty_configs", {}, {})).toContain("default: https://events.pagerduty.com/v2/enqueue");
    expect(textOf("pagerduty_configs", {}, { pagerduty_url: "https://eu.example" })).toContain(
      "from global (pagerduty_url): https://eu.example",
    );
  });

  it("shows the default of the target's version, and nothing that it would not take", () => {
    expect(textOf("slack_configs", {}, {}, "0.25")).toContain("}}danger{{");
    const global = { slack_app_token: "t" };
    expect(textOf("slack_configs", {}, global)).toContain("from global (slack_app_token)");
    expect(textOf("slack_configs", { api_url: "https://own.example" }, global)).not.toContain("from global");
  });
});
