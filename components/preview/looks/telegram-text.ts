import type { Mark } from "./marks";

/** A text with its formats, or the answer of Telegram that refuses it. */
export type TelegramText = { marks: readonly Mark[]; refusal: null } | { marks: null; refusal: string };

export class TelegramRefusal extends Error {}

/** Offsets are those of bytes in UTF-8, as the answers of Telegram have them. */
export function byteOffset(text: string, at: number): number {
  return new TextEncoder().encode(text.slice(0, at)).length;
}

/** What one of the readers makes of a text. */
export function telegramText(text: string, mode: string): TelegramText {
  try {
    if (text.trim() === "") throw new TelegramRefusal("message text is empty");
    return { marks: READERS[mode.toLowerCase()]?.(text) ?? [text], refusal: null };
  } catch (error) {
    if (!(error instanceof TelegramRefusal)) throw error;
    return { marks: null, refusal: `Bad Request: ${error.message}` };
  }
}

const READERS: Readonly<Record<string, (text: string) => Mark[]>> = {
  html: (text) => new HtmlReader(text).read(),
  markdownv2: (text) => new MarkdownReader(text, V2).read(),
  markdown: (text) => new MarkdownReader(text, V1).read(),
};

type Styled = "bold" | "italic" | "underline" | "strike" | "spoiler" | "code";
const TAGS: Readonly<Record<string, Styled | "pre" | "quote" | "link" | "emoji" | "span">> = {
  ...{ b: "bold", strong: "bold", i: "italic", em: "italic", u: "underline", ins: "underline" },
  ...{ s: "strike", strike: "strike", del: "strike", code: "code", "tg-spoiler": "spoiler" },
  ...{ pre: "pre", blockquote: "quote", a: "link", span: "span", "tg-emoji": "emoji" },
};
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

interface Open {
  tag: string;
  at: number;
  attributes: string;
  children: Mark[];
}

/** Deeper ones add nothing that can be seen. */
const MOST_NESTED = 20;

/** Telegram's own small HTML: a few tags that must be closed in order, and four named entities. */
class HtmlReader {
  readonly #stack: Open[] = [{ tag: "", at: 0, attributes: "", children: [] }];

  constructor(readonly text: string) {}

  read(): Mark[] {
    const { text } = this;
    const token = /<|&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi;
    let last = 0;
    for (let match = token.exec(text); match; match = token.exec(text)) {
      this.#put(text.slice(last, match.index));
      if (match[0] === "<") token.lastIndex = this.#tag(match.index);
      else this.#put(entityOf(match));
      last = token.lastIndex;
    }
    this.#put(text.slice(last));
    const open = this.#stack.at(-1);
    if (open && this.#stack.length > 1) this.#refuse(`Can't find end tag corresponding to start tag "${open.tag}"`);
    return this.#stack[0]?.children ?? [];
  }

  #put(mark: Mark): void {
    if (mark !== "") this.#stack.at(-1)?.children.push(mark);
  }

  #refuse(problem: string): never {
    throw new TelegramRefusal(`can't parse entities: ${problem}`);
  }

  /** Reads the tag that begins at `at`; where the text goes on. */
  #tag(at: number): number {
    const { text } = this;
    const end = text.indexOf(">", at);
    const written = /^(\/?)([^\s/>]*)([^>]*)>$/.exec(end < 0 ? "" : text.slice(at + 1, end + 1));
    if (!written) this.#refuse(`Unclosed start tag at byte offset ${byteOffset(text, at)}`);
    const [, slash, name = "", attributes = ""] = written;
    const tag = name.toLowerCase();
    if (slash) this.#close(tag, at);
    else {
      if (!Object.hasOwn(TAGS, tag))
        this.#refuse(`Unsupported start tag "${tag}" at byte offset ${byteOffset(text, at)}`);
      if (tag === "span" && !/class\s*=\s*["']?tg-spoiler\b/i.test(attributes))
        this.#refuse(`Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(text, at)}`);
      this.#stack.push({ tag, at, attributes, children: [] });
    }
    return end + 1;
  }

  #close(tag: string, at: number): void {
    const open = this.#stack.length > 1 ? this.#stack.pop() : undefined;
    const offset = byteOffset(this.text, at);
    if (!open) this.#refuse(`Unexpected end tag at byte offset ${offset}`);
    if (tag !== "" && open.tag !== tag)
      this.#refuse(`Unmatched end tag at byte offset ${offset}, expected "</${open.tag}>", found "</${tag}>"`);
    if (this.#stack.length > MOST_NESTED) for (const child of open.children) this.#put(child);
    else this.#put(closed(open));
  }
}

function entityOf([, name, decimal, hex]: RegExpExecArray): string {
  if (name) return NAMED[name.toLowerCase()] ?? "";
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "0", 16);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : "";
}

function wordsIn(marks: readonly Mark[]): string {
  return marks
    .map((mark) => (typeof mark === "string" ? mark : "children" in mark ? wordsIn(mark.children) : ""))
    .join("");
}

function closed({ tag, attributes, children }: Open): Mark {
  const kind = TAGS[tag] ?? "emoji";
  if (kind === "pre") return { kind, text: wordsIn(children) };
  if (kind === "quote") return { kind, children };
  if (kind === "span") return { kind: "spoiler", children };
  if (kind === "emoji") return wordsIn(children);
  if (kind !== "link") return { kind, children };
  const [, double, single, bare] = /href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) ?? [];
  const url = (double ?? single ?? bare ?? wordsIn(children)).replace(
    /&(amp|quot|lt|gt);/g,
    (_, name: string) => NAMED[name] ?? "",
  );
  return { kind: "link", url, children };
}

interface Rules {
  signs: readonly (readonly [sign: string, kind: Styled, name: string])[];
  /** Characters that a backslash must stand before. */
  reserved: string;
  nested: boolean;
}

const V2: Rules = {
  signs: [
    ["||", "spoiler", "Spoiler"],
    ["__", "underline", "Underline"],
    ["*", "bold", "Bold"],
    ["_", "italic", "Italic"],
    ["~", "strike", "Strikethrough"],
  ],
  reserved: "_*[]()~`>#+-=|{}.!",
  nested: true,
};
const V1: Rules = {
  signs: [
    ["*", "bold", ""],
    ["_", "italic", ""],
  ],
  reserved: "",
  nested: false,
};

/** Telegram's two kinds of Markdown. */
class MarkdownReader {
  #at = 0;
  #linking = false;

  constructor(
    readonly text: string,
    readonly rules: Rules,
  ) {}

  read(): Mark[] {
    return this.#until(null, 0, "");
  }

  #refuse(problem: string): never {
    throw new TelegramRefusal(`can't parse entities: ${problem}`);
  }

  #endless(name: string, start: number): never {
    const offset = byteOffset(this.text, start);
    if (!this.rules.nested) this.#refuse(`Can't find end of the entity starting at byte offset ${offset}`);
    this.#refuse(`Can't find end of ${name} entity at byte offset ${offset}`);
  }

  /** Reads to `end`, or to the end of the text when that is null. */
  #until(end: string | null, start: number, name: string): Mark[] {
    const marks: Mark[] = [];
    let plain = "";
    const flush = () => {
      if (plain !== "") marks.push(plain);
      plain = "";
    };
    while (this.#at < this.text.length) {
      if (end !== null && this.text.startsWith(end, this.#at)) {
        this.#at += end.length;
        flush();
        return marks;
      }
      const mark = this.#special(end);
      if (typeof mark === "string") plain += mark;
      else {
        flush();
        marks.push(mark);
      }
    }
    if (end !== null) this.#endless(name, start);
    flush();
    return marks;
  }

  #special(end: string | null): Mark {
    const { text, rules } = this;
    const start = this.#at;
    const char = text[start] ?? "";
    if (char === "\\" && isEscapable(text[start + 1], rules)) {
      this.#at += 2;
      return text[start + 1] ?? "";
    }
    if (char === "`") return this.#code();
    if (char === "[" && !this.#linking && (rules.nested || end === null)) return this.#link();
    const first = start === 0 || text[start - 1] === "\n";
    if (rules.nested && char === ">" && first && end === null) return this.#quote();
    for (const [sign, kind, name] of rules.signs) {
      if (!text.startsWith(sign, start) || (!rules.nested && end !== null)) continue;
      this.#at += sign.length;
      const children = this.#until(sign, start, name);
      // Formats of nothing are dropped.
      return children.length === 0 ? "" : { kind, children };
    }
    if (rules.reserved.includes(char)) {
      this.#refuse(`Character '${char}' is reserved and must be escaped with the preceding '\\'`);
    }
    this.#at++;
    return char;
  }

  #code(): Mark {
    const start = this.#at;
    const sign = this.text.startsWith("```", start) ? "```" : "`";
    const end = this.text.indexOf(sign, start + sign.length);
    if (end < 0) this.#endless(sign === "`" ? "Code" : "Pre", start);
    const held = this.text.slice(start + sign.length, end).replace(/\\([`\\])/g, "$1");
    this.#at = end + sign.length;
    if (sign === "`") return { kind: "code", children: [held] };
    return { kind: "pre", text: held.replace(/^[\w+-]*\n/, "").replace(/\n$/, "") };
  }

  #link(): Mark {
    const start = this.#at++;
    this.#linking = true;
    const children = this.#until("]", start, "TextUrl");
    this.#linking = false;
    const target = /^\(((?:[^)\\]|\\.)*)\)/s.exec(this.text.slice(this.#at, this.#at + 4_096));
    // Brackets without an address are only brackets.
    if (!target) return { kind: "link", url: "", children };
    this.#at += target[0].length;
    return { kind: "link", url: (target[1] ?? "").replace(/\\(.)/gs, "$1"), children };
  }

  #quote(): Mark {
    this.#at++;
    const line = this.text.indexOf("\n", this.#at);
    const stop = line < 0 ? this.text.length : line;
    const inner = new MarkdownReader(this.text.slice(this.#at, stop), this.rules);
    this.#at = stop + 1;
    return { kind: "quote", children: inner.read() };
  }
}

function isEscapable(char: string | undefined, { nested }: Rules): boolean {
  if (char === undefined) return false;
  return nested ? char > "\0" && char < "\x7f" : "_*`[".includes(char);
}
