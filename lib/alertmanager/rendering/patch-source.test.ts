import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Config, Json, JsonObject } from "../config/types";
import { decodeConfig } from "../yaml/decode-config";
import { decodePlain, printConfig, renderConfig } from "./render-config";
import { stripIds } from "./strip-ids";

const source = readFileSync(path.join(import.meta.dirname, "testdata/team-platform.yml"), "utf8");
const { config: original } = decodeConfig(source, { newId: () => "x" });

/** Strings at which YAML readers disagree, and all others. */
const text = fc.oneof(
  fc.constantFrom(
    ...[
      "yes",
      "no",
      "on",
      "off",
      "y",
      "N",
      "~",
      "null",
      "012",
      "0x1F",
      "0o7",
      "1_000",
      "190:20:30",
      "09:00",
      "1e3",
      ".inf",
    ],
    ...[
      "2026-11-23",
      "<<",
      "=",
      "- a",
      "a: b",
      "a #b",
      "#a",
      "'",
      '"',
      "",
      " a",
      "a ",
      "a\nb",
      "a\n",
      "\na",
      "a\n\n",
      "{{ . }}",
    ],
    ...[
      "a\tb",
      "\u0085",
      "\u2028x",
      "é",
      "🎉",
      "key:",
      "!x",
      "&x",
      "*x",
      "%x",
      "@x",
      "`x",
      "?",
      "? x",
      "---",
      "...",
      "\u0007",
    ],
    ...[
      "a\n  b\n",
      "  a\nb",
      "a\r\nb",
      "0b1",
      "+1",
      "-.5",
      "1.",
      "True",
      "[x",
      "{x",
      "|",
      ">",
      "x,y",
      "-x",
      "--",
      "a\\b'",
    ],
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

type Edit = (config: JsonObject) => void;
const index = fc.nat(1000);
const list = (config: JsonObject, key: string): JsonObject[] => config[key] as JsonObject[];
const pick = <T>(items: T[], at: number): T | undefined => items[at % Math.max(items.length, 1)];

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(index, text).map(
    ([at, value]): Edit =>
      (config) =>
        void Object.assign(pick(list(config, "receivers"), at) ?? {}, { name: value }),
  ),
  index.map(
    (at): Edit =>
      (config) =>
        void list(config, "receivers").splice(at % 15, 1),
  ),
  fc.tuple(index, index).map(
    ([from, to]): Edit =>
      (config) => {
        const receivers = list(config, "receivers");
        const [moved] = receivers.splice(from % 15, 1);
        if (moved) receivers.splice(to % 15, 0, moved);
      },
  ),
  fc.tuple(index, text, text).map(
    ([at, title, body]): Edit =>
      (config) => {
        const receiver = pick(list(config, "receivers"), at);
        if (receiver) receiver.slack_configs = [...((receiver.slack_configs as Json[]) ?? []), { title, text: body }];
      },
  ),
  fc.tuple(index, text, text).map(
    ([at, key, value]): Edit =>
      (config) => {
        const pager = pick(list(config, "receivers"), at)?.pagerduty_configs as JsonObject[] | undefined;
        if (pager?.[0]) (pager[0].details as JsonObject)[key] = value;
      },
  ),
  fc.tuple(index, fc.array(text, { maxLength: 3 })).map(
    ([at, matchers]): Edit =>
      (config) => {
        const routes = list(config.route as JsonObject, "routes");
        Object.assign(pick(routes, at) ?? {}, { matchers });
      },
  ),
  fc.tuple(index, index).map(
    ([from, to]): Edit =>
      (config) => {
        const routes = list(config.route as JsonObject, "routes");
        const [moved] = routes.splice(from % 8, 1);
        if (moved) (pick(routes, to) ?? (config.route as JsonObject)).routes = [moved];
      },
  ),
  fc.tuple(fc.constantFrom("global", "templates", "inhibit_rules", "time_intervals", "tracing")).map(
    ([key]): Edit =>
      (config) => {
        delete config[key];
      },
  ),
  fc.tuple(fc.constantFrom("smtp_from", "slack_api_url", "opsgenie_api_key"), text).map(
    ([key, value]): Edit =>
      (config) => {
        config.global = { ...((config.global as JsonObject) ?? {}), [key]: value };
      },
  ),
);

it("reads back exactly what was edited, and every comment outside what was removed is still there", () => {
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 5 }), (steps) => {
      const config = structuredClone(original) as unknown as JsonObject;
      for (const step of steps) step(config);
      const { yaml } = renderConfig({ config: config as Config, source });
      expect(decodePlain(yaml)).toEqual(stripIds(config as Config));
      expect(yaml).toContain("# Alertmanager of team platform.");
      expect(yaml.endsWith("# the end\n")).toBe(true);
    }),
    { numRuns: 150 },
  );
}, 60_000);

it("keeps every comment when nothing is removed", () => {
  const comments = source.match(/#.*(?=\n)/g)!.filter((line) => /^# /.test(line));
  fc.assert(
    fc.property(index, text, text, (at, value, other) => {
      const config = structuredClone(original)!;
      Object.assign(config.receivers![at % 15]!, { name: value });
      Object.assign(config.route!.routes![at % 8]!, { group_wait: other });
      Object.assign(config.global!, { smtp_hello: value });
      const { yaml } = renderConfig({ config, source });
      for (const comment of comments) expect(yaml).toContain(comment);
    }),
    { numRuns: 50 },
  );
}, 60_000);

it("prints what was never written so that it reads back", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (texts) => {
      const config: JsonObject = {
        route: { receiver: "a" },
        receivers: [{ name: "a", slack_configs: texts.map(([title, body]) => ({ title, text: body })) }],
      };
      expect(decodePlain(printConfig(config))).toEqual(config);
    }),
  );
});
