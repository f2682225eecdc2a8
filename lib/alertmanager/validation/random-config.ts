import { CONFIG_STRUCT } from "../config/structs";
import type { Field, FieldType, StructDefinition } from "../fields";
import type { TargetProfile } from "../profiles";

/** Numbers in [0, 1) that a seed fixes (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const GOOD: Partial<Record<FieldType["kind"], string[]>> = {
  string: ["x", "'{{ .Status }}'", '"a\\tb"', "yes", "012", "'#x'", "é", "a b", "2026-01-01", "1_000", '"🙂"'],
  bool: ["true", "false", "yes", "off", "On"],
  int: ["5", "-5", "0x1F", "0", "017"],
  uint: ["5", "0x1F", "0"],
  float: ["0.5", "1", ".5"],
  duration: ["5m", "1h30m", "30s", "1d12h", "2w", "100ms"],
  goDuration: ["5s", "1m30s", "1.5h", "1h"],
  url: ["http://h.example/x", "'https://h:8443/a?b=c'", "'http://[::1]:80/'", "HTTP://h"],
  hostPort: ["'h:25'", "'[::1]:25'", "':25'", "smtp.example.org:587"],
  labelName: ["alertname", "a", "_b1", "cluster"],
  regexp: ["a|b", "'.*'", "'[0-9]+'", '"(?i)x"'],
  matcher: ['a="b"', "a=b", "'a=~\"x|y\"'", "'a!=b,c=d'", "'{a=\"b\"}'", "a!~x.*", "'a=\"b\\\\nc\"'"],
  timeIntervalName: ["t1", "t2"],
  receiverName: ["r1", "r2"],
  secret: ["s3cret", "12", "'a b'"],
  secretUrl: ["http://h.example/x", "'https://hooks/x?y'", "'<secret>'"],
  secretTemplateUrl: ["http://h.example/x", "'https://h/a'"],
  any: ["x", "5", "{a: [1, b]}", "[x, {y: z}]"],
};
const BAD: Partial<Record<FieldType["kind"], string[]>> = {
  string: ["[a]", "{a: b}", "~", "''"],
  bool: ["'true'", "1", "maybe", "[true]", "~"],
  int: ["1.5", "x", "'5'", "1e3", "~"],
  uint: ["-1", "x", "1.5", "~"],
  float: ["x", "~"],
  duration: ["5", "1.5h", "-1m", "1m1h", "300y", "''", "0", "1h5", "5M", "~"],
  goDuration: ["5", "x", "''", "-5s", "1d"],
  url: [
    "ftp://x",
    "//h",
    "h",
    "'http://'",
    "'http://h:port'",
    "'http://a b/'",
    "'http://h/%zz'",
    "''",
    "'http://[::1'",
    "~",
  ],
  hostPort: ["h", "'h:'", "a:b:c", "''", "'[::1'"],
  labelName: ["a-b", "é", "''", "'...'", "1a", "alertname"],
  regexp: ["'('", "'*'", "'a{2,1}'", "'(?=a)'", "'[z-a]'", "'a**'", '"\\\\C"', "''", "~"],
  matcher: ["a", "''", "a==b", "'a=\"b'", "'=b'", "'a=~\"(\"'", "a-b=c", "'a=b}'", "'{a=b'", "'a=b,,c=d'", "é=x"],
  timeIntervalName: ["nope"],
  receiverName: ["zz", "''"],
  secret: ["[a]", "''", "~"],
  secretUrl: ["ftp://x", "''", "h", "~"],
  secretTemplateUrl: ["ftp://x", "''", "'{{ .X }}'", "~"],
  any: ["~"],
};
const RANGES: Record<string, [good: string[], bad: string[]]> = {
  WeekdayRange: [
    ["monday", "'monday:friday'", "Sunday"],
    ["mon", "'friday:monday'", "1", "'a:b:c'"],
  ],
  DayOfMonthRange: [
    ["'1'", "'1:15'", "'-5:-1'", "'15:-1'"],
    ["0", "32", "'5:1'", "'-1:5'", "x"],
  ],
  MonthRange: [
    ["january", "'march:may'", "'1:3'"],
    ["jan", "'5:1'", "'may:march'", "13"],
  ],
  YearRange: [
    ["2026", "'2026:2030'"],
    ["x", "'2030:2026'"],
  ],
};

/** How often a value is one that may be refused. */
const WRONG = 0.02;

export class RandomConfig {
  readonly #random: () => number;
  readonly #profile: TargetProfile;

  constructor(random: () => number, profile: TargetProfile) {
    this.#random = random;
    this.#profile = profile;
  }

  /** A configuration that is valid in most of its parts. */
  text(): string {
    const parts = [`route:\n${this.#route(1)}`, `receivers:\n${this.#receivers()}`];
    if (this.#chance(0.5)) parts.push(`global:${this.#struct(this.#structOf("global"), 1, 4)}`);
    if (this.#chance(0.3)) parts.push(`inhibit_rules:\n  -${this.#struct(this.#structOf("inhibit_rules"), 2, 3)}`);
    const intervals = this.#chance(0.5) ? ["t1", "t2"] : this.#chance(0.5) ? ["t1"] : [];
    if (intervals.length > 0) parts.push(`time_intervals:\n${intervals.map((name) => this.#interval(name)).join("")}`);
    if (this.#chance(WRONG))
      parts.push(`${this.#pick(["bogus: 1", "templates: x", "receivers: []", "templates: ['[']"])}\n`);
    return this.#shuffled(parts).join("");
  }

  #route(depth: number): string {
    const pad = "  ".repeat(depth);
    const lines = [`${pad}receiver: ${this.#value({ kind: "receiverName" })}\n`];
    const fields = this.#structOf("route").fields.filter(
      ({ key }) => !["receiver", "routes", "labels"].includes(key) && this.#profile.knows(this.#structOf("route"), key),
    );
    const rootless = /^(?:match|match_re|matchers|continue|.*_time_intervals)$/;
    const wanted = depth === 1 ? fields.filter(({ key }) => !rootless.test(key) || this.#chance(WRONG)) : fields;
    for (const field of this.#some(wanted, 2)) lines.push(`${pad}${field.key}:${this.#of(field, depth + 1)}`);
    if (depth < 4 && this.#chance(0.4)) {
      const children = Array.from({ length: 1 + this.#index(2) }, () =>
        this.#chance(WRONG) ? `${pad}  -\n` : `${pad}  -\n${this.#route(depth + 2)}`,
      );
      lines.push(`${pad}routes:\n${children.join("")}`);
    }
    return this.#shuffled(lines).join("");
  }

  #receivers(): string {
    const struct = this.#structOf("receivers");
    const names = this.#chance(WRONG) ? ["r1", "r1"] : ["r1", "r2"];
    return names
      .map((name) => {
        const lists = struct.fields.filter(
          ({ key, type }) => key.endsWith("_configs") && type.kind === "list" && this.#profile.knows(struct, key),
        );
        const parts = this.#some(lists, 2).map(({ key, type }) => {
          const item = type.kind === "list" && type.item.kind === "struct" ? type.item.struct : struct;
          const items = Array.from({ length: this.#chance(0.2) ? 2 : 1 }, () =>
            this.#chance(WRONG / 2) ? "      -\n" : `      -${this.#struct(item, 4, 4)}`,
          );
          return `    ${key}:\n${items.join("")}`;
        });
        if (this.#chance(WRONG)) parts.push("    slak_configs: []\n");
        return `  - name: ${this.#chance(WRONG) ? "''" : name}\n${parts.join("")}`;
      })
      .join("");
  }

  #interval(name: string): string {
    const outer = this.#structOf("time_intervals");
    const list = outer.fields.find(({ key }) => key === "time_intervals")?.type;
    const item = list?.kind === "list" && list.item.kind === "struct" ? list.item.struct : outer;
    return `  - name: ${this.#chance(WRONG) ? "t1" : name}\n    time_intervals:\n      -${this.#struct(item, 4, 2)}`;
  }

  /** A mapping below a key, in block style at a depth, with about so many keys. */
  #struct(struct: StructDefinition, depth: number, about: number): string {
    const known = struct.fields.filter(({ key }) => this.#profile.knows(struct, key) || this.#chance(WRONG / 4));
    const chosen = new Set<Field>(this.#some(known, about));
    for (const field of known) if ((field.required || isNeeded(field)) && !this.#chance(WRONG)) chosen.add(field);
    if (struct.name === "HTTPClientConfig") this.#oneAuthorization(chosen);
    this.#oneOfEach(known, chosen);
    const pad = "  ".repeat(depth);
    const lines = [...chosen].map((field) => `${pad}${field.key}:${this.#of(field, depth + 1)}`);
    if (this.#chance(WRONG / 2)) lines.push(`${pad}bogus_key: 1\n`);
    if (this.#chance(WRONG / 2) && lines[0]) lines.push(lines[0]);
    return lines.length === 0 ? " {}\n" : `\n${this.#shuffled(lines).join("")}`;
  }

  /** Ways to authorise exclude each other, and some settings of a proxy want another. */
  #oneAuthorization(chosen: Set<Field>) {
    if (this.#chance(WRONG)) return;
    const ways = [...chosen].filter(({ key }) => AUTHORIZATIONS.has(key));
    for (const way of ways.slice(1)) chosen.delete(way);
    for (const field of [...chosen])
      if (/^(?:no_proxy|proxy_(?:from|connect).*)$/.test(field.key)) chosen.delete(field);
  }

  /** Of keys that exclude each other one stays. */
  #oneOfEach(known: readonly Field[], chosen: Set<Field>) {
    for (const group of new Set(known.flatMap(({ exclusive }) => exclusive ?? []))) {
      if (this.#chance(WRONG)) continue;
      const members = known.filter(({ exclusive }) => exclusive === group);
      const kept = this.#pick(members);
      const wanted = members.some((member) => chosen.has(member));
      for (const member of members) chosen.delete(member);
      if (wanted || NEEDED_GROUPS.has(group)) chosen.add(kept);
    }
  }

  #of(field: Field, depth: number): string {
    const { type } = field;
    if (this.#chance(WRONG / 2)) return " ~\n";
    if (type.kind === "struct" && !this.#chance(WRONG)) {
      return depth > 8 ? " {}\n" : this.#struct(type.struct, depth, 1);
    }
    if (type.kind === "list" && !this.#chance(WRONG)) return this.#list(type.item, depth);
    if (type.kind === "map" && !this.#chance(WRONG)) {
      const keys = this.#some(["a", "b_c", this.#chance(WRONG) ? "X-Y" : "c", "severity"], 1);
      const pad = "  ".repeat(depth);
      const lines = keys.map((key) => `${pad}${key}:${this.#of({ key, type: type.value }, depth + 1)}`);
      return lines.length === 0 ? " {}\n" : `\n${lines.join("")}`;
    }
    const values = VALUES[field.key];
    if (values && !this.#chance(WRONG)) return ` ${this.#pick(values)}\n`;
    return ` ${this.#value(type)}\n`;
  }

  #list(item: FieldType, depth: number): string {
    const pad = "  ".repeat(depth);
    const count = this.#index(3);
    if (count === 0) return " []\n";
    return `\n${Array.from({ length: count }, () => {
      if (item.kind === "struct") return `${pad}-${this.#struct(item.struct, depth + 1, 2)}`;
      return `${pad}- ${this.#value(item)}\n`;
    }).join("")}`;
  }

  #value(type: FieldType): string {
    const wrong = this.#chance(WRONG);
    const [good, bad] = RANGES[type.go?.replace("timeinterval.", "") ?? ""] ?? [];
    if (good && bad) return this.#pick(wrong ? bad : good);
    if (type.kind === "enum") return this.#pick(wrong ? ["bogus", "''"] : type.values.map((value) => `'${value}'`));
    return this.#pick((wrong ? BAD : GOOD)[type.kind] ?? ["x"]);
  }

  #structOf(key: string): StructDefinition {
    const type = CONFIG_STRUCT.fields.find((field) => field.key === key)?.type;
    const inner = type?.kind === "list" ? type.item : type;
    return inner?.kind === "struct" ? inner.struct : CONFIG_STRUCT;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #index(length: number): number {
    return Math.floor(this.#random() * length);
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#index(from.length)] as T;
  }

  #some<T>(from: readonly T[], about: number): T[] {
    return from.filter(() => this.#chance(about / Math.max(from.length, 1)));
  }

  #shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let index = copy.length - 1; index > 0; index--) {
      const other = this.#index(index + 1);
      [copy[index], copy[other]] = [copy[other] as T, copy[index] as T];
    }
    return copy;
  }
}

const AUTHORIZATIONS = new Set(["basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file"]);
const NEEDED_GROUPS = new Set([
  "url",
  "webhook_url",
  "user_key",
  "token",
  "bot_token",
  "chat_id",
  "routing_key",
  "target",
]);
/** Without these few integrations load. */
const NEEDED = new Set([
  "smarthost",
  "from",
  "api_secret",
  "corp_id",
  "api_key",
  "authorization",
  "start_time",
  "end_time",
]);

function isNeeded({ key }: Field): boolean {
  return NEEDED.has(key);
}

/** What fits a key better than its kind tells. */
const VALUES: Record<string, string[]> = {
  start_time: ["'09:00'", "09:30", "'00:00'", "'12:00'"],
  end_time: ["'17:00'", "'24:00'", "18:15", "'08:00'"],
  location: ["Europe/Zurich", "UTC", "Local", "America/New_York", "Mars/Phobos", "''"],
  type: ["team", "button", "User"],
  chat_id: ["-100", "5"],
  message_type: ["text", "markdown", "CRITICAL"],
  parse_mode: ["HTML", "''"],
};

const MARKS = [
  ":",
  "-",
  "#",
  "{",
  "}",
  "[",
  "]",
  "&",
  "*",
  "!",
  "|",
  ">",
  "'",
  '"',
  "%",
  "@",
  "`",
  "\t",
  " ",
  "\n",
  ",",
  "?",
  "é",
  "~",
];

/** Small accidents of writing: a line lost, moved, set in or doubled, a character more, less or another. */
export function mutated(text: string, random: () => number): string {
  const index = (length: number) => Math.floor(random() * length);
  const lines = text.split("\n");
  const at = index(lines.length);
  const line = lines[at] ?? "";
  const runes = [...line];
  const column = index(runes.length + 1);
  const [before, behind] = [runes.slice(0, column).join(""), runes.slice(column).join("")];
  const mark = MARKS[index(MARKS.length)]!;
  switch (index(9)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, line);
      break;
    case 2:
      lines[at] = ` ${line}`;
      break;
    case 3:
      lines[at] = line.replace(/^ /, "");
      break;
    case 4:
      lines[at] = before + mark + behind;
      break;
    case 5:
      lines[at] = before + runes.slice(column + 1).join("");
      break;
    case 6:
      lines[at] = before + mark + runes.slice(column + 1).join("");
      break;
    case 7:
      lines.splice(index(lines.length), 0, ...lines.splice(at, 1));
      break;
    default:
      return lines.slice(0, at).join("\n") + before;
  }
  return lines.join("\n");
}
