import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { REQUEST_FAILURES, TEST_CASES, TEST_OUTCOMES, type TestResultDto } from "@/lib/test-sends/contract";
import { loadMessages } from "../messages";
import en from "../messages/en/test-sends.json";
import { LOCALES } from "../messages/namespaces";
import { CheckList } from "./credentials";
import { TestResults } from "./test-results";
import { Posted } from "./through-target";

const result: TestResultDto = {
  id: "11111111-1111-4111-8111-111111111111",
  testId: "22222222-2222-4222-8222-222222222222",
  receiver: "team",
  key: "slack_configs",
  index: 1,
  case: "firing",
  outcome: "retry",
  note: "",
  durationMs: 212,
  requests: [
    {
      method: "POST",
      host: "hooks.example",
      path: "/••••",
      status: 503,
      durationMs: 200,
      response: "<script>alert(1)</script>",
      error: null,
      next: "retry",
    },
  ],
  sentBy: "Alice",
  sentAt: "2026-11-23T12:00:00Z",
};

function html(shown: React.ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale="en"
      timeZone="UTC"
      now={new Date("2026-11-23T12:12:00Z")}
      messages={{ "test-sends": en }}
    >
      {shown}
    </NextIntlClientProvider>,
  );
}
const text = (shown: React.ReactNode) =>
  html(shown)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

describe("what came of a test", () => {
  it("says who, when, how long, what was answered and what Alertmanager would do", () => {
    const shown = text(<TestResults results={[result]} fresh />);
    expect(shown).toMatch(/Not taken Slack 2 by Alice · 12 minutes ago · 212 ms/);
    expect(shown).toMatch(/Alertmanager would try again.*POST hooks\.example\/•••• answered 503 · 200 ms/);
  });

  it("never draws what was answered as HTML", () => {
    expect(html(<TestResults results={[result]} fresh />)).not.toContain("<script>");
  });

  it("says why nothing was answered", () => {
    const error = { reason: "dns", message: "nobody.invalid did not answer" } as const;
    const requests = [{ ...result.requests[0]!, status: null, response: "", error }];
    const shown = text(<TestResults results={[{ ...result, requests }]} fresh={false} />);
    expect(shown).toMatch(/Last tests.*no answer.*The name was not found\. nobody\.invalid did not answer/);
  });
});

it("credentials that were never asked about are shown once somebody asks", () => {
  const none = { key: "webhook_configs", index: 0, outcome: "none", words: "", checkedAt: null } as const;
  const works = { ...none, key: "telegram_configs", outcome: "works", checkedAt: result.sentAt } as const;
  expect(text(<CheckList checks={[none, works]} asked={false} />)).toMatch(
    /^ Works Telegram 1 checked 12 minutes ago $/,
  );
  expect(text(<CheckList checks={[none]} asked />)).toContain("Cannot be asked");
});

it("an alert that was posted says who gets it and which replica refused", () => {
  const replicas = [
    { replica: "a:9093", ok: true, words: "" },
    { replica: "b:9093", ok: false, words: "HTTP 500" },
  ];
  const posted = {
    target: "p",
    receivers: ["team", "log"],
    labels: { team: "db" },
    endsAt: "2026-11-23T12:17:00Z",
    replicas,
  };
  const shown = text(<Posted posted={posted} />);
  expect(shown).toMatch(
    /Taken by 1 of 2.*goes to: team, log.*team=&quot;db&quot;.*ends in 5 minutes.*b:9093: HTTP 500/,
  );
});

it.each(LOCALES)("has words for all that can happen in %s", async (locale) => {
  const messages: { "test-sends": typeof en } = Object(await loadMessages(locale));
  const t = createTranslator({ locale, messages, namespace: "test-sends" });
  for (const outcome of TEST_OUTCOMES)
    expect(t(`outcomes.${outcome}`) + t(`meanings.${outcome}`)).not.toContain("test-sends");
  for (const reason of REQUEST_FAILURES) expect(t(`failures.${reason}`)).not.toContain("test-sends");
  for (const one of TEST_CASES) expect(t(`cases.${one}`)).not.toContain("test-sends");
});
