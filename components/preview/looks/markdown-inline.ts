import { withEmoji } from "./emoji";
import type { Mark } from "./marks";

type Styled = "bold" | "italic" | "underline" | "strike" | "spoiler";

/** What one provider takes from Markdown. */
export interface Flavour {
  /** Signs around a text, the longer ones first. */
  styles: readonly (readonly [sign: string, kind: Styled])[];
  /** A line break within a paragraph: as it is written, or a blank as in CommonMark. */
  breaks: boolean;
  headings: boolean;
  code: boolean;
  quotes: boolean;
  images: boolean;
  /** `:fire:` is a picture. */
  emoji: boolean;
  /** Names that are told about a message. */
  mentions?: RegExp;
  /** `<https://a.example|label>`, as in Slack. */
  slackLinks?: boolean;
}

const ESCAPE = /^\\([!-/:-@[-`{-~])/;
const CODE = /^(`{1,3})([^`]+)\1(?!`)/;
const LINK = /^(!?)\[((?:[^[\]\\]|\\.)*)\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+"[^"]*")?\s*\)/;
const ANGLE = /^<(https?:[^<>\s|]+)(?:\|([^<>\n]*))?>/i;
const BARE = /^https?:\/\/[^\s<>]*[^\s<>.,:;!?)\]}'"*_~|]/i;
const LONGEST = 4_000;

const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isBlank = (char: string | undefined) => char === undefined || /\s/.test(char);

type Found = { mark: Mark; length: number };

export function markdownInline(text: string, flavour: Flavour): Mark[] {
  return new InlineReader(text, flavour).read();
}

class InlineReader {
  readonly #marks: Mark[] = [];
  #plain = "";
  /** Where a sign that found no partner stops to matter. */
  readonly #endless = new Map<string, number>();

  constructor(
    readonly text: string,
    readonly flavour: Flavour,
  ) {}

  read(): Mark[] {
    for (let at = 0; at < this.text.length; ) {
      const escaped = this.text[at] === "\\" ? ESCAPE.exec(this.text.slice(at, at + 2)) : null;
      const found = escaped ? null : this.#special(at);
      if (escaped) {
        this.#plain += escaped[1] ?? "";
        at += 2;
      } else if (found) {
        this.#flush();
        this.#marks.push(found.mark);
        at += found.length;
      } else this.#plain += this.text[at++];
    }
    this.#flush();
    return this.#marks;
  }

  #flush(): void {
    if (this.#plain !== "") this.#marks.push(this.flavour.emoji ? withEmoji(this.#plain) : this.#plain);
    this.#plain = "";
  }

  #special(at: number): Found | null {
    const char = this.text[at] ?? "";
    switch (char) {
      case "\n":
        return { mark: this.flavour.breaks ? { kind: "break" } : " ", length: 1 };
      case "`":
        return this.flavour.code ? this.#code(at) : null;
      case "[":
      case "!":
        return this.#link(at);
      case "<":
        return this.#angle(at);
      case "@":
        return this.#mention(at);
      case "h":
      case "H":
        return isWord(this.text[at - 1]) ? null : this.#bare(at);
      default:
        return this.#style(at);
    }
  }

  #ahead(at: number): string {
    return this.text.slice(at, at + LONGEST);
  }

  #code(at: number): Found | null {
    const found = CODE.exec(this.#ahead(at));
    return found && { mark: { kind: "code", children: [(found[2] ?? "").trim()] }, length: found[0].length };
  }

  #link(at: number): Found | null {
    const found = LINK.exec(this.text.slice(at, at + 2_500));
    if (!found) return null;
    const [written, image = "", label = "", url = ""] = found;
    if (image === "")
      return { mark: { kind: "link", url, children: markdownInline(label, this.flavour) }, length: written.length };
    if (!this.flavour.images) return null;
    return { mark: { kind: "image", url, alt: label }, length: written.length };
  }

  #angle(at: number): Found | null {
    const found = ANGLE.exec(this.#ahead(at));
    if (!found || (found[2] !== undefined && !this.flavour.slackLinks)) return null;
    const [written, url = "", label] = found;
    return { mark: { kind: "link", url, children: [label || url] }, length: written.length };
  }

  #bare(at: number): Found | null {
    const url = BARE.exec(this.#ahead(at))?.[0];
    return url ? { mark: { kind: "link", url, children: [url] }, length: url.length } : null;
  }

  #mention(at: number): Found | null {
    if (!this.flavour.mentions || isWord(this.text[at - 1])) return null;
    const name = this.flavour.mentions.exec(this.text.slice(at, at + 80))?.[0];
    return name ? { mark: { kind: "mention", children: [name] }, length: name.length } : null;
  }

  #style(at: number): Found | null {
    for (const [sign, kind] of this.flavour.styles) {
      if (!this.text.startsWith(sign, at) || at < (this.#endless.get(sign) ?? 0)) continue;
      if (isBlank(this.text[at + sign.length])) continue;
      // Names with underscores stay whole.
      if (sign.startsWith("_") && isWord(this.text[at - 1])) continue;
      const end = this.#endOf(at, sign);
      if (end === null) {
        this.#endless.set(sign, this.text.length);
        continue;
      }
      const children = markdownInline(this.text.slice(at + sign.length, end), this.flavour);
      return { mark: { kind, children }, length: end + sign.length - at };
    }
    return null;
  }

  #endOf(at: number, sign: string): number | null {
    const { text } = this;
    const from = at + sign.length;
    for (let end = text.indexOf(sign, from + 1); end >= 0; end = text.indexOf(sign, end + 1)) {
      if (isBlank(text[end - 1]) || text[end - 1] === "\\") continue;
      if (sign.startsWith("_") && isWord(text[end + sign.length])) continue;
      // One sign does not end at two of it.
      if (sign.length === 1 && text[end + 1] === sign) {
        end++;
        continue;
      }
      return end;
    }
    return null;
  }
}
