export type Make = () => string;

const VERBS = Array.from("vvvvsssqdTxXtcUbeEfFgGo%Oz!");
const FLAGS = Array.from("+-# 0");
export const TEXTS = [
  "a",
  "\n",
  "  ",
  " | ",
  "é",
  "🙂",
  "磁盘",
  "x\t",
  "\r\n",
  "}",
  "%d",
  "\\",
  "'",
  '"',
  "`",
  "$",
  "-",
  "&<>",
];
export const STRINGS = [
  ...[
    '""',
    '"a"',
    '"%"',
    '"a,b"',
    '"\\t\\n"',
    '"é"',
    '"\\xff"',
    '"\\u00e9\\U0001F642"',
    "`raw\\n`",
    '"<b>&\\"\'"',
    '"x y"',
  ],
  ...[
    '"severity"',
    '"alertname"',
    '"firing"',
    '"https://h.example/a?b=c&d"',
    '"javascript:x"',
    '"ÜBER straße"',
    '"\\a"',
  ],
];
export const PATTERNS = [
  ...[
    '"a"',
    '"^.*$"',
    '"[a-z]+"',
    '"(?i)DISK"',
    '"(\\\\w)(\\\\d*)"',
    '"("',
    '"\\\\bx"',
    '"(?P<n>.)"',
    '""',
    '"[^\\\\x00-\\\\x7f]"',
  ],
];
export const REPLACEMENTS = ['"$1"', '"<$0>"', `"\${1}x"`, '"$1x"', '""', '"$$"', `"$n-\${n}"`, '"-"', '"${"', '"$"'];
export const INTS = [
  "0",
  "1",
  "-1",
  "2",
  "42",
  "0x1F",
  "1_000",
  "0b101",
  "0o17",
  "'a'",
  "'\\n'",
  "'é'",
  "9223372036854775807",
  "-9223372036854775808",
];
const FLOATS = ["1.5", "-0.0", "1e3", "1e21", "0.1", "1e-7", "123456789.0", "0x1p-2", "3.", ".5"];
const ODD_NUMBERS = [
  "1e400",
  "1i",
  "1+2i",
  "18446744073709551615",
  "1e100",
  "08",
  "1__0",
  "0x",
  "'ab'",
  "1.2.3",
  "-1i",
  "'\\x'",
];
export const LAYOUTS = [
  '"2006-01-02"',
  '"Jan _2 15:04:05.000 MST"',
  '"Mon Z07:00 -0700"',
  '"3:04PM 002"',
  '"06 1 2 .999"',
  '""',
];

/** Choices among the words of templates, that a source of numbers makes. */
export class RandomWords {
  constructor(private readonly random: () => number) {}

  protected share(): number {
    return this.random();
  }

  protected below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  protected chance(share: number): boolean {
    return this.random() < share;
  }

  protected pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  protected one(...makers: readonly Make[]): string {
    return this.pick(makers)();
  }

  protected several(least: number, most: number, make: Make): string {
    return Array.from({ length: least + this.below(most - least + 1) }, make).join("");
  }

  protected format(count: number): string {
    const parts = Array.from({ length: count }, () => {
      const flags = this.several(0, 2, () => this.pick(FLAGS));
      const width = this.chance(0.25) ? this.pick(["5", "12", "*", "1", "[1]*"]) : "";
      const precision = this.chance(0.25) ? this.pick([".2", ".0", ".", ".*", ".10"]) : "";
      const index = this.chance(0.06) ? this.pick(["[1]", "[2]", "[9]", "[", "[x]"]) : "";
      return `%${flags}${width}${precision}${index}${this.pick(VERBS)}`;
    });
    return `"${this.pick(["", "x ", "é"])}${parts.join(this.pick(["", " ", "|"]))}"`;
  }

  protected number(): string {
    return this.chance(0.1) ? this.pick(ODD_NUMBERS) : this.pick([...INTS, ...FLOATS]);
  }

  protected index(): string {
    return this.chance(0.85) ? "0" : this.pick(["1", "-1", "7", "1.0"]);
  }

  protected open(): string {
    return this.chance(0.12) ? "{{- " : this.chance(0.7) ? "{{ " : "{{";
  }

  protected close(): string {
    return this.chance(0.12) ? " -}}" : this.chance(0.7) ? " }}" : "}}";
  }

  protected action(inside: string): string {
    return this.open() + inside + this.close();
  }

  protected accident(text: string): string {
    const at = this.below(text.length + 1);
    const pieces = [
      "{{",
      "}}",
      "{{ end }}",
      "{{ else }}",
      '"',
      "(",
      ")",
      "|",
      ".",
      "$",
      "<",
      ">",
      "=",
      "{{/* c */}}",
      "\n",
    ];
    return text.slice(0, at) + (this.chance(0.7) ? this.pick(pieces) : "") + text.slice(at + this.below(4));
  }

  protected quoted(make: Make): string {
    const quote = this.pick(['"', '"', "'", ""]);
    return quote + make() + quote;
  }

  protected name(): string {
    return `$${this.pick(["x", "y", "i", "é", "v1"])}`;
  }
}
