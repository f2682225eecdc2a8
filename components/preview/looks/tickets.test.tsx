import { describe, expect, it } from "vitest";
import type { IntegrationKey } from "@/lib/alertmanager";
import { drawn, posted, recorded, words } from "./testing-requests";

const shown = (key: IntegrationKey, id: string, phase = 0) => words(drawn(key, recorded(`0.34/${id}`, phase)));

describe("what a real Alertmanager sends", () => {
  it("is an incident in PagerDuty, triggered and resolved", () => {
    const text = shown("pagerduty_configs", "pagerduty/defaults-mixed");
    expect(text).toMatch(/^Triggered ?error\n\[FIRING:5\] HighLoad \(mixed core\)\nSource\nAlertmanager\n/);
    expect(text).toContain("Key\n997c4cbef1c0d851f0686f28f1da5624a26cc23ff495693288586a752e5dd9c8");
    expect(text).not.toContain("routing_key");
    const v1 = recorded("0.34/pagerduty/v1-defaults");
    expect(words(drawn("pagerduty_configs", v1))).toMatch(/^Triggered\n\[FIRING:\d\]/);
    const resolved = posted({ event_action: "resolve", payload: { summary: "s", severity: "warning" } });
    expect(words(drawn("pagerduty_configs", [resolved]))).toMatch(/^Resolved ?warning\ns\n/);
  });

  it("has links and pictures of an incident, but no other addresses", () => {
    const links = [
      { href: "https://wiki.example.org/r", text: "Runbook" },
      { href: "javascript:alert(1)", text: "Bad" },
    ];
    const html = drawn("pagerduty_configs", [
      posted({ links, images: [{ src: "https://i.example/x.png", alt: "graph" }] }),
    ]);
    expect(html).toContain('href="https://wiki.example.org/r"');
    expect(html).not.toContain("javascript:");
    expect(words(html)).toContain("Picture, not loaded: graph");
  });

  it("is an alert in Opsgenie, opened, changed and closed", () => {
    const opened = shown("opsgenie_configs", "opsgenie/defaults");
    expect(opened).toMatch(/^P3Opened\n\[FIRING:2\] DiskFull eu1 \(two critical\)\n/);
    expect(opened).toContain("cluster\neu1\n");
    expect(shown("opsgenie_configs", "opsgenie/defaults", 1)).toMatch(/^Closed\n[\s\S]*Alias\neeb031646c4187e5/);
    expect(shown("opsgenie_configs", "opsgenie/update-mixed")).toMatch(/Opened[\s\S]*Updated[\s\S]*Updated/);
    const responders = [
      { name: "sre", type: "team" },
      { username: "mara@example.org", type: "user" },
    ];
    const text = words(
      drawn("opsgenie_configs", [posted({ message: "m", priority: "P1", tags: ["a", "b"], responders })]),
    );
    expect(text).toContain("P1Opened");
    expect(text).toContain("sre (team), mara@example.org (user)");
  });

  it("is an incident in VictorOps", () => {
    const text = shown("victorops_configs", "victorops/all-fields");
    expect(text).toMatch(/^CRITICAL\ned firing DiskFull 2\nsm firing DiskFull 2\n/);
    expect(text).toContain("team\ncf firing DiskFull 2");
    expect(shown("victorops_configs", "victorops/all-fields", 1)).toMatch(/^RECOVERY\n/);
  });

  it("is an issue in Jira, with the steps around it", () => {
    const text = shown("jira_configs", "jira/defaults");
    expect(text).toMatch(/looks for the issue:.*project="OPS"/);
    expect(text).toMatch(/New issueOPS · Bug\n\[FIRING:2\] DiskFull eu1 \(two critical\)\nPriority\nHigh\n/);
    expect(text).toContain("ALERT{eeb031646c4187e535fefa301ebb282d7ac62e1ed9f422f0dd04f3a39df7e7fb}");
    expect(shown("jira_configs", "jira/resolve", 1)).toMatch(
      /Updates OPS-1[\s\S]*transitions of OPS-1[\s\S]*moves it on: OPS-1 → 31/,
    );
  });

  it("is a document in version 3 of Jira", () => {
    const content = [
      { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Head" }] },
      { type: "paragraph", content: [{ type: "text", text: "bold", marks: [{ type: "strong" }] }] },
      { type: "bulletList", content: [{ type: "listItem", content: [{ type: "text", text: "item" }] }] },
    ];
    const fields = { summary: "s", description: { type: "doc", version: 1, content }, customfield_1: { value: "v" } };
    const html = drawn("jira_configs", [posted({ fields }, { path: "/rest/api/3/issue" })]);
    expect(html).toMatch(/Head<\/p>.*<strong[^>]*>bold<\/strong>.*<li>item<\/li>/);
    expect(words(html)).toContain("customfield_1\nv");
  });

  it("is a list of alerts for webhooks and incident.io", () => {
    const text = shown("webhook_configs", "webhook/all-fields");
    expect(text).toMatch(/^Firing1 alert\n/);
    expect(text).toContain('DiskFullSource\nDisk <95%> & "rising" é🙂\n');
    expect(text).toContain("1 alert is left out by max_alerts");
    expect(shown("webhook_configs", "webhook/all-fields", 1)).toMatch(/^Resolved1 alert/);
    expect(shown("incidentio_configs", "incidentio/defaults-mixed")).toMatch(/^Firing5 alerts\nHighLoad\n/);
    expect(shown("webhook_configs", "webhook/payload-merge")).toMatch(/^POST http:/);
  });

  it("is a notification of Pushover", () => {
    expect(shown("pushover_configs", "pushover/no-resolved")).toContain('Disk <95%> & "rising" é🙂');
    const query =
      "title=T&message=%3Cb%3Ebold%3C%2Fb%3E+%3Cp%3Ex&html=1&priority=2&retry=60&expire=3600&url=https%3A%2F%2Fa.example&token=t0k";
    const html = drawn("pushover_configs", [posted("", { path: `/1/messages.json?${query}` })]);
    expect(html).toContain(">bold</strong> x");
    expect(html).toContain('href="https://a.example"');
    expect(words(html)).toContain("every 60 s for 3600 s, until somebody confirms");
    expect(html).not.toContain("t0k");
  });

  it("is a message of SNS, also to a phone, and one of WeChat", () => {
    expect(shown("sns_configs", "sns/all-fields")).toMatch(/^s firing DiskFull 2\nm firing DiskFull 2\nTargetArn\n/);
    expect(shown("sns_configs", "sns/phone")).toMatch(/^Text message to \+?\d+/);
    expect(shown("sns_configs", "edge/sns-phone-unicode")).toContain("Größe überschritten 🙂");
    const wechat = shown("wechat_configs", "wechat/defaults");
    expect(wechat).toContain("asks for an access token first");
    expect(wechat).toContain("[FIRING:2] DiskFull eu1 (two critical)\n");
  });
});
