import { expect, it } from "vitest";
import type { AppError } from "@/lib/errors";
import type { ConfigDocument } from "../config/types";
import { profileFor } from "../profiles";
import { renderForTarget } from "./render-for-target";

const REF = "secret://0b54b3a8-4f4c-4ae0-9f5e-6f7f1e3d2c1b/1";

function document(url: string): ConfigDocument {
  return {
    config: {
      route: { id: "r", receiver: "a" },
      receivers: [{ id: "a", name: "a", slack_configs: [{ id: "s", api_url: url, channel: "#a" }] }],
      templates: ["/old/*.tmpl"],
    },
    templates: [{ name: "slack.tmpl", content: "x" }],
    source: null,
  };
}

it("opens the secrets and names our template files one by one", () => {
  const { yaml, templates } = renderForTarget(document(REF), {
    templateDir: "/etc/alertmanager/signalbox/",
    secrets: { [REF]: "https://hooks.slack.com/services/a: b" },
  });
  expect(yaml).toContain("api_url: 'https://hooks.slack.com/services/a: b'");
  expect(yaml).toContain("  - /etc/alertmanager/signalbox/slack.tmpl\n");
  expect(yaml).not.toContain("/old/");
  expect(yaml).not.toContain("secret://");
  expect(templates).toHaveLength(1);
});

it.each([[REF], ["<secret>"]])("refuses to publish %s", (left) => {
  expect(() => renderForTarget(document(left), { secrets: {} })).toThrow(
    expect.objectContaining({ code: "secret_placeholder" }) as AppError,
  );
});

it("refuses a key that the target does not know", () => {
  const newer = document("https://hooks.slack.com/services/x");
  newer.config.receivers![0]!.jira_configs = [{ id: "j", project: "P" }];
  expect(() => renderForTarget(newer, { secrets: {}, profile: profileFor("alertmanager@0.25") })).toThrow(
    expect.objectContaining({ code: "has_error_diagnostics" }) as AppError,
  );
  expect(() => renderForTarget(newer, { secrets: {}, profile: profileFor("alertmanager@0.34") })).not.toThrow();
});
