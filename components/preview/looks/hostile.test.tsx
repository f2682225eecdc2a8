import { describe, expect, it } from "vitest";
import { INTEGRATION_KEYS, type IntegrationKey } from "@/lib/alertmanager/config/types";
import { SECRET_MARK } from "@/lib/alertmanager/preview/mask";
import { DOTS } from "./part";
import { drawn, posted, RECORDED } from "./testing-requests";

const EVIL = [
  '"><script>alert(1)</script>',
  "<img src=x onerror=alert(1)>",
  "[x](javascript:alert(1)) <javascript:alert(1)|x> ![x](data:text/html,x)",
  "<a href='javascript:alert(1)'>x</a>",
  "\u202e\u0000 \ud800",
].join(" ");

const keyOf = (id: string) => INTEGRATION_KEYS.find((key) => key === `${id.split("/")[1]}_configs`);
const FORBIDDEN = /<(?:script|img|object|embed|style|link|form|video)\b|(?:href|src)="(?!https?:)|\son\w+=/i;

/** What a sandboxed frame holds is a text here. */
const page = (html: string) => html.replace(/srcDoc="[^"]*"/g, "");
/** Nothing but the tags: texts may say anything. */
const tags = (html: string) =>
  page(html)
    .match(/<[^>]*>/g)
    ?.join("") ?? "";

/** The same body with a text of our own in the place of every text. */
function replaced(value: unknown, text: string): unknown {
  if (typeof value === "string") return text;
  if (Array.isArray(value)) return value.map((item) => replaced(item, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === "type" ? item : replaced(item, text)]),
  );
}

/** Every recorded request, and how long drawing it takes. */
const ALL = RECORDED.flatMap(({ id, requests }) =>
  requests.map((request) => ({ id, key: keyOf(id), request })),
).flatMap(({ id, key, request }) => (key ? [{ id, key, request }] : []));

describe("everything that was recorded", () => {
  it("is drawn without markup of its own", () => {
    expect(new Set(ALL.map(({ key }) => key))).toEqual(new Set(INTEGRATION_KEYS));
    for (const { id, key, request } of ALL) {
      // Bodies that were too long to record have none.
      if (!("smtp" in request) && typeof request.body !== "string") continue;
      expect(tags(drawn(key, [request])), id).not.toMatch(FORBIDDEN);
    }
  });

  it("keeps hostile texts as texts", () => {
    for (const { id, key, request } of ALL) {
      if ("smtp" in request || typeof request.body !== "string" || !request.body.startsWith("{")) continue;
      const body = JSON.stringify(replaced(JSON.parse(request.body), EVIL));
      expect(tags(drawn(key, [{ ...request, body }])), id).not.toMatch(FORBIDDEN);
    }
  });

  it("shows dots where a secret stands", () => {
    for (const key of INTEGRATION_KEYS) {
      const request = posted(
        { text: SECRET_MARK, content: SECRET_MARK, title: SECRET_MARK },
        { path: `/${SECRET_MARK}` },
      );
      expect(drawn(key, [request]), key).not.toContain(SECRET_MARK);
    }
    const data = `Subject: ${SECRET_MARK}\r\n\r\n${SECRET_MARK}`;
    expect(drawn("email_configs", [{ smtp: true, commands: [], data }])).toContain(DOTS);
  });
});

/** A generator that gives the same numbers every time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KEYS =
  "text title attachments embeds fields blocks body content type color pretext actions elements payload custom_details links images alerts labels annotations description message tags responders details priority value short marks attrs markdown parse_mode version truncatedAlerts mrkdwn_in __proto__ constructor".split(
    " ",
  );
const VALUES = [
  null,
  true,
  0,
  -1,
  1e308,
  "",
  "*a* <b>",
  "html",
  "doc",
  "section",
  "TextBlock",
  "good",
  EVIL,
  "text",
  "bulletList",
];

function randomJson(random: () => number, depth: number): unknown {
  const pick = random();
  if (depth === 0 || pick < 0.4) return VALUES[Math.floor(random() * VALUES.length)];
  const size = Math.floor(random() * 5);
  if (pick < 0.6) return Array.from({ length: size }, () => randomJson(random, depth - 1));
  return Object.fromEntries(
    Array.from({ length: size + 2 }, () => [KEYS[Math.floor(random() * KEYS.length)], randomJson(random, depth - 1)]),
  );
}

describe("any body", () => {
  it("is drawn and none makes it throw", () => {
    const random = generator(4);
    for (let round = 0; round < 25; round++) {
      const body = JSON.stringify(randomJson(random, 6));
      const cut = random() < 0.1 ? body.slice(0, random() * body.length) : body;
      const path = `/x/${["search", "issue/A-1", "issue", "close", "transitions"][round % 5]}?message=${encodeURIComponent(cut.slice(0, 90)).slice(0, 200)}&html=1`;
      for (const key of INTEGRATION_KEYS) {
        expect(tags(drawn(key, [posted(cut, { path })])), `${key} ${cut}`).not.toMatch(FORBIDDEN);
      }
    }
  });

  it("of ten thousand characters is folded, so that little is drawn", () => {
    const long = "Größe *überschritten* 🙂 x ".repeat(400);
    const drawnLength = (key: IntegrationKey, body: object) => drawn(key, [posted(body)]).length;
    expect(
      drawnLength("slack_configs", { attachments: [{ title: "t", text: long, mrkdwn_in: ["text"] }] }),
    ).toBeLessThan(5_000);
    expect(drawnLength("discord_configs", { embeds: [{ description: long }] })).toBeLessThan(12_000);
    expect(drawnLength("mattermost_configs", { attachments: [{ text: long }] })).toBeLessThan(12_000);
    expect(drawnLength("opsgenie_configs", { message: "m", description: long })).toBeLessThan(5_000);
  });
});
