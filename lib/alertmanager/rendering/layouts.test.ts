import fc from "fast-check";
import { expect, it } from "vitest";
import type { Config, Json, JsonObject, Path } from "../config/types";
import { decodeConfig } from "../yaml/decode-config";
import { decodePlain, renderConfig } from "./render-config";
import { stripIds } from "./strip-ids";
import { lineEnd, lineStart } from "./text-edits";

const text = fc.oneof(
  fc.constantFrom(
    ...[
      "yes",
      "~",
      "012",
      "1e3",
      "<<",
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
      "a\n\nb\n",
    ],
    ...[
      "{{ .X }}",
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
      "?",
      "---",
      "[x",
      "x,y",
    ],
    ...["plain", "more words here", "https://hooks.example.org/a?b=c#d", "\\", "a\\b", "0x", "2026-01-02", "\u0007"],
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);

const integration = fc.record({ channel: text, title: text, send_resolved: fc.boolean() }, { requiredKeys: ["title"] });
const hook = fc.record({ url: text, max_alerts: fc.nat() }, { requiredKeys: ["url"] });
const receiver = fc.record(
  {
    name: text,
    slack_configs: fc.array(integration, { minLength: 1, maxLength: 2 }),
    webhook_configs: fc.array(hook, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ["name"] },
);
const child = fc.record(
  { receiver: text, matchers: fc.array(text, { maxLength: 2 }), continue: fc.boolean(), group_wait: text },
  { requiredKeys: ["receiver"] },
);
const configuration = fc.record({
  global: fc.record({ smtp_from: text, smtp_hello: text }),
  route: fc.record({
    receiver: text,
    group_by: fc.array(text, { maxLength: 3 }),
    routes: fc.array(child, { maxLength: 3 }),
  }),
  receivers: fc.array(receiver, { minLength: 1, maxLength: 3 }),
});

const UNPRINTABLE = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

/** Decides how things are written; the same numbers decide the same. */
class Layout {
  #next = 0;
  #anchors: [string, string][] = [];
  readonly crlf: boolean;
  readonly indent: number;
  readonly listIndent: number;

  constructor(
    readonly numbers: readonly number[],
    readonly anchored: boolean,
  ) {
    this.crlf = this.pick(4) === 0;
    this.indent = 1 + this.pick(4);
    this.listIndent = this.pick(3);
  }

  pick(below: number): number {
    return (this.numbers[this.#next++ % this.numbers.length] ?? 0) % below;
  }

  write(config: JsonObject): string {
    const head = ["", "# head\n", "---\n", "%YAML 1.1\n---\n", "\ufeff"][this.pick(5)] ?? "";
    const tail = ["", "\n# tail\n", "---\nother: [\n", "...\n", "\n\n"][this.pick(5)] ?? "";
    const all = `${head}${this.pairs(config, 0).join("\n")}\n${tail}`;
    return this.crlf ? all.replaceAll("\n", "\r\n") : all;
  }

  pairs(object: JsonObject, column: number): string[] {
    return Object.entries(object).flatMap(([key, value]) => {
      const name = " ".repeat(column) + [key, `"${key}"`, `'${key}'`][this.pick(9)];
      return [...this.above(column), ...this.value(`${name ?? key}`.replace("undefined", key), value, column)];
    });
  }

  above(column: number): string[] {
    const lines = [[], [], [], [""], [`${" ".repeat(column)}# about it`], ["# far left", ""]];
    return lines[this.pick(6)] ?? [];
  }

  value(key: string, value: Json, column: number): string[] {
    if (value !== null && typeof value === "object") {
      const empty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
      if (empty || this.pick(4) === 0) return [`${key}: ${this.flow(value)}${this.comment()}`];
      const header = `${key}:${this.comment()}`;
      if (Array.isArray(value)) return [header, ...value.flatMap((item) => this.item(item, column + this.listIndent))];
      return [header, ...this.pairs(value, column + this.indent)];
    }
    const block = this.block(value, column + this.indent);
    if (block) return [`${key}: ${block[0]}`, ...block.slice(1)];
    const shared = this.share(value);
    return [`${key}:${" ".repeat(1 + this.pick(2))}${shared}${this.comment()}`];
  }

  item(item: Json, column: number): string[] {
    const dash = `${" ".repeat(column)}-${" ".repeat(1 + this.pick(3))}`;
    if (item === null || typeof item !== "object")
      return [...this.above(column), `${dash}${this.share(item)}${this.comment()}`];
    if (Array.isArray(item) || Object.keys(item).length === 0 || this.pick(4) === 0)
      return [`${dash}${this.flow(item)}`];
    const lines = this.pairs(item, dash.length);
    // A comment as deep as the keys would belong to a text in lines before it.
    const [first = "", ...rest] = lines.slice(lines.findIndex((line) => /^\s*[^\s#]/.test(line)));
    return [dash + first.slice(dash.length), ...rest];
  }

  comment(): string {
    return ["", "", "", " # why", "   #x"][this.pick(5)] ?? "";
  }

  /** The scalar, under an anchor or called by one that has the same text already. */
  share(value: Json): string {
    const written = this.scalar(value);
    if (!this.anchored) return written;
    const known = this.#anchors.find(([, other]) => other === JSON.stringify(value));
    if (known) return `*${known[0]}`;
    if (this.pick(3) > 0) return written;
    const name = `n${this.#anchors.length}`;
    this.#anchors.push([name, JSON.stringify(value)]);
    return `&${name} ${written}`;
  }

  block(value: Json, column: number): string[] | null {
    if (typeof value !== "string" || !/^[a-z]/.test(value) || UNPRINTABLE.test(value.replaceAll("\n", ""))) return null;
    if (!value.includes("\n") || this.pick(2) === 0 || value.endsWith("\n\n")) return null;
    const body = value.endsWith("\n") ? value.slice(0, -1) : value;
    const lines = body.split("\n").map((line) => (line === "" ? "" : " ".repeat(column) + line));
    return [value.endsWith("\n") ? "|" : "|-", ...lines];
  }

  flow(value: Json): string {
    const space = " ".repeat(this.pick(2));
    if (Array.isArray(value)) return `[${space}${value.map((item) => this.flow(item)).join(", ")}${space}]`;
    if (value === null || typeof value !== "object") return this.scalar(value);
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${this.flow(item)}`)
      .join(",  ")}}`;
  }

  scalar(value: Json): string {
    if (typeof value === "boolean")
      return [String(value), value ? "yes" : "no", value ? "On" : "OFF"][this.pick(3)] as string;
    if (typeof value !== "string") return String(value);
    const style = this.pick(3);
    if (style === 0 && /^[b-mp-x][a-z]{3,}( [a-z]+)*$/.test(value)) return value;
    if (style === 1 && !UNPRINTABLE.test(value) && !/^-|^\s|\s$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
    return JSON.stringify(value).replace(new RegExp(UNPRINTABLE, "gu"), escaped);
  }
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const numbers = fc.array(fc.nat(10_000), { minLength: 20, maxLength: 60 });
const written = fc.tuple(configuration, numbers, fc.boolean()).map(([config, choices, anchored]) => {
  const clean = JSON.parse(JSON.stringify(config)) as JsonObject;
  return { config: clean, source: new Layout(choices, anchored).write(clean), anchored };
});

let ids = 0;
function read(source: string): Config {
  const { config, fatal } = decodeConfig(source, { newId: () => `id-${++ids}` });
  expect(fatal, source).toBeNull();
  return config!;
}

/** Paths of all scalars. */
function scalars(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "id" ? [] : scalars(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function setAt(value: Json, path: Path, to: Json): void {
  const holder = path.slice(0, -1).reduce<Json>((at, step) => (at as JsonObject)[step] as Json, value);
  (holder as JsonObject)[path.at(-1) as string] = to;
}

it("reads every layout as what it says, and writes back every byte", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(written, ({ config, source }) => {
      const parsed = read(source);
      expect(stripIds(parsed)).toEqual(config);
      expect(renderConfig({ config: parsed, source }).yaml).toBe(source);
    }),
    { numRuns: 300 },
  );
});

it("changes only the lines of what was changed", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(written, fc.nat(), text, ({ source, anchored }, at, to) => {
      const parsed = read(source);
      const paths = scalars(parsed as unknown as Json);
      const path = paths[at % paths.length]!;
      const { rangeOf } = decodeConfig(source, { newId: () => "" });
      setAt(parsed as unknown as Json, path, to);
      const { yaml, rangeOf: placeAfter } = renderConfig({ config: parsed, source });
      expect(decodePlain(yaml)).toEqual(stripIds(parsed));
      const range = rangeOf(path)!;
      // What an anchor holds may have to be written out elsewhere.
      if (anchored) return;
      expect(yaml.startsWith(source.slice(0, lineStart(source, range.start.offset)))).toBe(true);
      expect(yaml.endsWith(source.slice(lineEnd(source, range.end.offset)))).toBe(true);
      // Places are told as somebody finds them who reads the result.
      const fresh = decodeConfig(yaml, { newId: () => "" });
      for (const each of scalars(decodePlain(yaml))) expect(placeAfter(each)).toEqual(fresh.rangeOf(each));
    }),
    { numRuns: 300 },
  );
});

it("takes any edits and reads back exactly them", { timeout: 60_000 }, () => {
  const edit = fc.tuple(fc.nat(), fc.nat(5), text, receiver);
  fc.assert(
    fc.property(written, fc.array(edit, { minLength: 1, maxLength: 4 }), ({ source }, edits) => {
      const parsed = read(source) as Config & JsonObject;
      for (const [at, kind, to, added] of edits) {
        const receivers = parsed.receivers as unknown as JsonObject[];
        const routes = (parsed.route!.routes ?? []) as unknown as JsonObject[];
        const some = receivers[at % Math.max(receivers.length, 1)];
        if (kind === 0) receivers.splice(at % (receivers.length + 1), 0, { id: `n${++ids}`, ...(added as JsonObject) });
        else if (kind === 1) receivers.splice(at % Math.max(receivers.length, 1), 1);
        else if (kind === 2 && some) some.labels = { [to]: to };
        else if (kind === 3 && some) delete some[Object.keys(some).at(-1) as string];
        else if (kind === 4) routes.unshift(...routes.splice(at % Math.max(routes.length, 1), 1));
        else parsed.global = at % 2 === 0 ? { smtp_from: to } : { ...parsed.global, smtp_smarthost: to };
      }
      expect(decodePlain(renderConfig({ config: parsed, source }).yaml)).toEqual(stripIds(parsed));
    }),
    { numRuns: 300 },
  );
});
