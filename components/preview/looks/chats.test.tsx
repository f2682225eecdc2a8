import { describe, expect, it } from "vitest";
import { ADAPTIVE_CARD, DISCORD, MATTERMOST, MESSAGE_CARD, ROCKETCHAT } from "./flavours";
import { markdown } from "./markdown";
import { type Mark, wordsOf } from "./marks";
import { telegramText } from "./telegram-text";
import { drawn, posted, recorded, words } from "./testing-requests";

/** Kinds and words of all that is not plain. */
function kinds(marks: readonly Mark[]): string[] {
  return marks.flatMap((mark) => {
    if (typeof mark === "string") return [];
    const inner = "children" in mark ? kinds(mark.children) : mark.kind === "list" ? mark.items.flatMap(kinds) : [];
    return mark.kind === "paragraph" ? inner : [`${mark.kind} ${wordsOf([mark])}`, ...inner];
  });
}

describe("Markdown", () => {
  it.each([
    ["**b** *i* _i_ ~~s~~ `c`", ["bold b", "italic i", "italic i", "strike s", "code c"]],
    ["**b _i_**", ["bold b i", "italic i"]],
    ["snake_case_name and 2 * 3 * 4 and \\*not\\*", []],
    ["# Head #\ntext", ["heading Head"]],
    ["- one\n- **two**\n  more\n\n3. three", ["list one\ntwo\nmore", "bold two", "break \n", "list three"]],
    ["> a\n> b", ["quote a\nb", "break \n"]],
    ["```go\n*x*\n```\nafter", ["pre *x*"]],
    [
      "[a **b**](https://x.example/a_(b)) <https://y.example> https://z.example/q?a=1.",
      ["link a b", "bold b", "link https://y.example", "link https://z.example/q?a=1"],
    ],
    ["![alt](https://x.example/i.png) @here a@b.example", ["image alt", "mention @here"]],
  ])("%s", (text, expected) => {
    expect(kinds(markdown(text, MATTERMOST))).toEqual(expected);
  });

  it("differs from chat to chat", () => {
    expect(kinds(markdown("*b* ~s~ <https://x.example|X>", ROCKETCHAT))).toEqual(["bold b", "strike s", "link X"]);
    expect(kinds(markdown("__u__ ||s||", DISCORD))).toEqual(["underline u", "spoiler s"]);
    expect(kinds(markdown("# no\n`no` > no", ADAPTIVE_CARD))).toEqual([]);
    expect(markdown("a\nb", MESSAGE_CARD).map((mark) => wordsOf([mark]))).toEqual(["a b"]);
  });

  it("reads 20,000 signs of any kind in a moment", () => {
    for (const sign of [
      "*a ",
      "**",
      "_",
      "[",
      "[a](",
      "`",
      "> ",
      "- ",
      "```\n",
      "*_~",
      "![",
      "http://a ",
      "|| ",
      "\\",
    ]) {
      const text = sign.repeat(20_000 / sign.length);
      const start = performance.now();
      markdown(text, DISCORD);
      expect(performance.now() - start, sign).toBeLessThan(500);
    }
  });
});

const TITLE = "[FIRING:2] DiskFull eu1 (two critical)";

describe("what a real Alertmanager sends", () => {
  it("is a message with a linked title in Mattermost", () => {
    const html = drawn("mattermost_configs", recorded("0.34/mattermost/defaults"));
    expect(words(html)).toContain(TITLE);
    expect(html).toMatch(/href="http:\/\/am\.example\.org:9093[^"]*"[^>]*>\[FIRING:2\]/);
    expect(words(html)).toContain("Alerts Firing:\n");
    expect(words(html)).toContain("alertname = DiskFull\n");
    expect(html).toContain("--bar:#e40303");
  });

  it("is a message in Rocket.Chat, with a colour that has a name", () => {
    const html = drawn("rocketchat_configs", recorded("0.34/rocketchat/no-resolved-mixed"));
    expect(words(html)).toContain("[FIRING:5] HighLoad (mixed core)");
    expect(html).toContain("--bar:red");
  });

  it("is an embed in Discord", () => {
    const html = drawn("discord_configs", recorded("0.34/discord/defaults-mixed"));
    expect(words(html)).toContain("[FIRING:5] HighLoad (mixed core)\n");
    expect(words(html)).toContain("alertname = HighLoad\n");
    expect(html).toContain("--bar:#992d22");
  });

  it("is a card in Teams, of the old kind and of the new", () => {
    const old = drawn("msteams_configs", recorded("0.34/msteams/no-resolved"));
    expect(words(old)).toContain(`${TITLE}\n`);
    expect(old).toContain("--bar:#8c1a1a");
    expect(words(old)).toContain("Alerts Firing:");
    expect(words(old)).not.toContain("# Alerts Firing:");
    const adaptive = drawn("msteamsv2_configs", recorded("0.34/msteamsv2/defaults-mixed"));
    expect(adaptive).toMatch(/class="text-critical text-14 font-semibold"[^>]*>(?:<p[^>]*>)?\[FIRING:5\]/);
    // Text blocks know no headings.
    expect(words(adaptive)).toContain("# Alerts Firing:");
  });

  it("is a message in Webex and Telegram", () => {
    const webex = drawn("webex_configs", [posted({ markdown: "**bold** words", roomId: "r1" })]);
    expect(words(webex)).toMatch(/Room r1\n[\s\S]*bold words/);
    const telegram = drawn("telegram_configs", recorded("0.34/telegram/defaults"));
    expect(words(telegram)).toContain("Chat -100123");
    expect(words(telegram)).toContain('summary = Disk <95%> & "rising" é🙂');
    expect(words(telegram)).not.toContain("refuses");
  });
});

describe("what a provider does not take", () => {
  it("is told", () => {
    const empty = drawn("discord_configs", [
      posted({ content: "", embeds: [{ title: "", description: "", color: 1 }] }),
    ]);
    expect(words(empty)).toContain("Discord refuses this message: nobody would see it\nCannot send an empty message");
    expect(words(drawn("msteams_configs", [posted({ title: "t", text: "", summary: "" })]))).toContain(
      "Summary or Text is required.",
    );
    const bad = drawn("telegram_configs", [posted({ chat_id: 1, parse_mode: "HTML", text: "é <b>x" })]);
    expect(words(bad)).toContain(`can't parse entities: Can't find end tag corresponding to start tag "b"`);
    expect(words(bad)).toContain("é <b>x");
  });
});

describe("Telegram", () => {
  const refused = (text: string, mode: string) =>
    telegramText(text, mode).refusal?.replace(/^Bad Request: (?:can't parse entities: )?/, "");
  const read = (text: string, mode: string) => kinds(telegramText(text, mode).marks ?? []);

  it("reads its HTML", () => {
    const text = '<b>b <i>i</i></b> <a href="https://x.example/?a=1&amp;b=2">l</a> <span class="tg-spoiler">s</span>';
    expect(read(text, "HTML")).toEqual(["bold b i", "italic i", "link l", "spoiler s"]);
    expect(telegramText("&lt;b&gt; &#43; &nbsp;", "HTML").marks?.join("")).toBe("<b> + &nbsp;");
    expect(read('<pre><code class="x">a</code></pre>', "HTML")).toEqual(["pre a"]);
  });

  it.each([
    ["é <p>", 'Unsupported start tag "p" at byte offset 3'],
    ["</b>", "Unexpected end tag at byte offset 0"],
    ["<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ["a < b", "Unclosed start tag at byte offset 2"],
    [" \n", "message text is empty"],
  ])("refuses %s", (text, expected) => {
    expect(refused(text, "HTML")).toBe(expected);
  });

  it("reads MarkdownV2 and refuses what is not escaped", () => {
    expect(read("*b _i_* __u__ ~s~ ||p|| `c` [l](https://x.example)\n>q", "MarkdownV2")).toEqual([
      "bold b i",
      "italic i",
      "underline u",
      "strike s",
      "spoiler p",
      "code c",
      "link l",
      "quote q",
    ]);
    expect(refused("95%.", "MarkdownV2")).toBe("Character '.' is reserved and must be escaped with the preceding '\\'");
    expect(refused("95%\\. *x", "MarkdownV2")).toBe("Can't find end of Bold entity at byte offset 6");
    expect(refused("snake_case", "Markdown")).toBe("Can't find end of the entity starting at byte offset 5");
    expect(read("*b* a.b", "Markdown")).toEqual(["bold b"]);
    expect(telegramText("*a* <b>", "").marks).toEqual(["*a* <b>"]);
  });

  it("reads as many signs as are sent in a moment", () => {
    for (const sign of ["<b>", "[", "*", "||_", "<", "&#1;", "<b></b>", "`", "\n>"]) {
      const text = sign.repeat(4_096 / sign.length);
      for (const mode of ["HTML", "MarkdownV2", "Markdown"]) {
        const start = performance.now();
        telegramText(text, mode);
        expect(performance.now() - start, `${sign} ${mode}`).toBeLessThan(1_000);
        expect(drawn("telegram_configs", [posted({ chat_id: "1", parse_mode: mode, text })])).toContain("Chat");
      }
    }
  });
});
