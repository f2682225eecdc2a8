import { describe, expect, it } from "vitest";
import { wordsOf } from "./marks";
import { slackMrkdwn } from "./slack-mrkdwn";
import { drawn, posted, recorded, words } from "./testing-requests";

const slack = (attachment: object, rest: object = {}) =>
  drawn("slack_configs", [posted({ channel: "#ops", username: "Alertmanager", ...rest, attachments: [attachment] })]);

describe("a message in Slack", () => {
  it("has its channel, author, linked title and colour", () => {
    const html = drawn("slack_configs", recorded("0.34/slack/defaults"));
    expect(words(html)).toContain("#ops\n");
    expect(words(html)).toMatch(/Alertmanager ?APP ?10:42/);
    expect(html).toContain('href="http://am.example.org:9093/#/alerts?receiver=r-slack-defaults"');
    expect(words(html)).toContain("[FIRING:2] DiskFull eu1 (two critical)\n");
    expect(html).toContain("--bar:#d50200");
    expect(words(html)).not.toContain("| http");
  });

  it("formats the parts that mrkdwn_in names and no other", () => {
    const attachment = { pretext: "*one*", text: "*two*", fields: [{ title: "*t*", value: "*three*", short: true }] };
    const html = slack({ ...attachment, mrkdwn_in: ["text"] });
    expect(words(html)).toMatch(/\*one\*\ntwo\n.*\*t\*\n\*three\*/s);
    expect(words(slack({ ...attachment, mrkdwn_in: ["fields"] }))).toMatch(/\*one\*\n\*two\*\n\*t\*\nthree/);
  });

  it("puts short fields side by side", () => {
    const fields = [
      { title: "a", value: "1", short: true },
      { title: "b", value: "2", short: false },
    ];
    expect(slack({ fields }).match(/col-span-2/g)).toHaveLength(1);
  });

  it("folds a text of 700 characters or five lines", () => {
    expect(slack({ text: "a".repeat(700) })).not.toContain("Show more");
    const long = slack({ text: "ä".repeat(10_000) });
    expect(words(long)).toContain(`${"ä".repeat(700)}…\nShow more`);
    expect(long.length).toBeLessThan(4_000);
    expect(words(slack({ text: "1\n2\n3\n4\n5\n6" }))).toContain("1\n2\n3\n4\n5…\nShow more");
  });

  it("shows buttons as links, pictures as their address and nothing is loaded", () => {
    const actions = [
      { type: "button", text: "Runbook :book:", url: "https://wiki.example.org/r", style: "danger" },
      { type: "button", text: "Bad", url: "javascript:alert(1)" },
    ];
    const html = slack({ actions, image_url: "https://img.example.org/a.png", footer: "foot" });
    expect(html).toMatch(
      /<a href="https:\/\/wiki\.example\.org\/r" target="_blank" rel="noreferrer noopener"[^>]*>Runbook 📖/,
    );
    expect(html).not.toContain("javascript:");
    expect(html).not.toContain("<img");
    expect(words(html)).toContain("Picture, not loaded: img.example.org");
    expect(words(html)).toContain("foot");
  });

  it("shows blocks, and an update as one", () => {
    const blocks = [
      { type: "header", text: { type: "plain_text", text: "Head & *tail*" } },
      { type: "section", text: { type: "mrkdwn", text: "*bold* <https://a.example|A>" }, fields: [] },
      { type: "divider" },
    ];
    const html = drawn("slack_configs", [posted({ blocks }, { path: "/api/chat.update" })]);
    expect(words(html)).toContain("Head & *tail*\nbold A\n");
    expect(html).toContain("<strong");
    expect(words(html)).toContain("(edited)");
  });

  it("takes no colour that is none", () => {
    expect(slack({ color: "red;background:url(//x)" })).toContain("--bar:var(--line-strong)");
    expect(slack({ color: "#ABC" })).toContain("--bar:#abc");
  });
});

describe("mrkdwn", () => {
  it.each([
    [
      "*bold* and _it_ and ~no~",
      [
        ["bold", "bold"],
        ["italic", "it"],
        ["strike", "no"],
      ],
    ],
    ["snake_case_name 2*3*4 a ~ b ~", []],
    ["*a _b_*", [["bold", "a b"]]],
    ["`*x*`", [["code", "*x*"]]],
    ["*two\nlines*", []],
    ["<https://a.example/x|A &amp; B>", [["link", "A & B"]]],
    ["see https://a.example/x.", [["link", "https://a.example/x"]]],
    [
      "<!here> <@U12> <#C1|ops>",
      [
        ["mention", "@here"],
        ["mention", "@U12"],
        ["mention", "#ops"],
      ],
    ],
    ["> one\n&gt; two\nthree", [["quote", "one\ntwo"]]],
    ["```\n*a* &lt;b&gt;\n```", [["pre", "*a* <b>"]]],
  ])("%s", (text, expected) => {
    const found = slackMrkdwn(text).filter((mark) => typeof mark !== "string");
    expect(found.map((mark) => [typeof mark === "string" ? "" : mark.kind, wordsOf([mark])])).toEqual(expected);
  });

  it("knows common emoji and leaves the others", () => {
    expect(wordsOf(slackMrkdwn(":fire: :our-own: 10:20:30"))).toBe("🔥 :our-own: 10:20:30");
  });

  it("reads 20,000 signs of any kind in a moment", () => {
    for (const sign of ["*a ", "_", "<", "`", "> ", "```", "*_~", "<http", "http://a ", "*a* "]) {
      const text = sign.repeat(20_000 / sign.length);
      const start = performance.now();
      slackMrkdwn(text);
      expect(performance.now() - start, sign).toBeLessThan(500);
    }
  });
});
