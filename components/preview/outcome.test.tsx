import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import type { CasePreview, IntegrationPreview } from "@/lib/alertmanager";
import { loadMessages } from "../messages";
import { LOCALES } from "../messages/namespaces";
import { HttpText } from "./http-text";
import { MailText } from "./mail-text";
import { Failed, Silent, Warnings } from "./outcome";

vi.mock("../editor/problems-pane", () => ({
  pathText: (path: readonly unknown[]) => path.join("."),
  useGoToPath: () => () => {},
}));

const messages = await loadMessages("en");

function textOf(part: ReactNode, locale = "en", words = messages): string {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="UTC"
      messages={words}
      onError={(error) => {
        throw error;
      }}
    >
      {part}
    </NextIntlClientProvider>,
  );
  return html
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}

const fails: CasePreview = {
  case: "one",
  outcome: "failed",
  requests: [],
  failure: { message: "template: :1:2: executing", retried: false, path: ["description"] },
  warnings: [],
};
const fine: CasePreview = { case: "many", outcome: "sent", requests: [], warnings: [] };
const integration: IntegrationPreview = {
  key: "pagerduty_configs",
  index: 0,
  path: ["receivers", 0, "pagerduty_configs", 0],
  cases: [fails, fine],
};
const about = { integration, profile: "alertmanager@0.28" };

describe("what comes of a notification", () => {
  it("names the version, the field, how often it fails and whether it is tried again", () => {
    const text = textOf(<Failed one={fails} {...about} />);
    expect(text).toContain("alertmanager 0.28 would send nothing: description fails in 1 of 2 cases.");
    expect(text).toContain("It does not try again. Go to the field");
    expect(text).toContain("template: :1:2: executing");
    const elsewhere = { ...fails, failure: { message: "no route to host", retried: true } };
    expect(textOf(<Failed one={elsewhere} {...about} />)).toContain("the notification fails in 1 of 2 cases. It tries");
  });

  it("says what was sent before it failed", () => {
    const http = { method: "POST", scheme: "https", host: "a.example", path: "/", headers: [], body: "" } as const;
    expect(textOf(<Failed one={{ ...fails, requests: [http] }} {...about} />)).toContain("would stop after 1 request:");
  });

  it("is loud when the program dies", () => {
    const dies: CasePreview = { ...fine, outcome: "crashed", crash: "panic: nil pointer" };
    const text = textOf(<Failed one={dies} {...about} />);
    expect(text).toContain("alertmanager 0.28 dies of this notification");
    expect(text).toContain("nobody gets any notification");
    expect(text).toContain("panic: nil pointer");
  });

  it("is quiet about resolved alerts where that is switched off", () => {
    const silent: CasePreview = { ...fine, case: "resolved", outcome: "silent" };
    expect(textOf(<Silent one={silent} integration={integration} />)).toContain("send_resolved is off");
    const other = textOf(<Silent one={{ ...silent, case: "one" }} integration={integration} />);
    expect(other).toContain("reports no error");
    expect(other).not.toContain("send_resolved");
  });

  it.each(LOCALES)("has words for everything in %s", async (locale) => {
    const words = await loadMessages(locale);
    const codes = ["blank", "truncated", "template_ignored"] as const;
    const warnings = codes.map((code) => ({ code, path: ["title"] }));
    const text = textOf(<Warnings warnings={warnings} shownCase="one" {...about} />, locale, words);
    expect(text.match(/title/g)).toHaveLength(3);
    expect(textOf(<Failed one={fails} {...about} />, locale, words)).toContain("description");
    expect(textOf(<Silent one={fine} integration={integration} />, locale, words)).not.toBe("");
  });
});

describe("a request", () => {
  it("shows its line, its headers and its body, indented", () => {
    const request = {
      method: "POST",
      scheme: "https",
      host: "hook.example",
      path: "/a?b=c",
      headers: [["Content-Type", "application/json"]],
      body: '{"a":"<b>"}',
    } as const;
    const text = textOf(<HttpText request={request} />);
    expect(text).toContain("https://hook.example/a?b=c");
    expect(text).toContain("Content-Type:application/json");
    expect(text).toContain('{\n  "a": "<b>"\n}');
    expect(textOf(<HttpText request={{ ...request, method: "GET", body: "" }} />)).toContain("No body");
  });

  it("marks what a mail makes up anew, and says when its page is ours", () => {
    const mail = {
      smtp: true,
      commands: ["EHLO localhost", "DATA"],
      data: "Message-Id: <VOLATILE>\r\n\r\nhi",
    } as const;
    const html = renderToStaticMarkup(
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages}>
        <MailText mail={{ ...mail, approximation: true }} />
      </NextIntlClientProvider>,
    );
    expect(html).toMatch(/<mark[^>]*>&lt;VOLATILE&gt;<\/mark>/);
    expect(html).toContain("our own page");
    expect(textOf(<MailText mail={mail} />)).not.toContain("our own page");
  });
});
