import { withEmoji } from "./emoji";
import type { Mark } from "./marks";

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** A text of Slack that is not formatted: entities and emoji only. */
export function slackPlain(text: string): string {
  return withEmoji(text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity));
}

/** Slack's mrkdwn: blocks of code, quotes, `*bold*`, `_italic_`, `~strike~`, code, links and mentions in angle brackets. */
export function slackMrkdwn(text: string): Mark[] {
  return text.split(/```([\s\S]+?)```/).flatMap((piece, index): Mark[] => {
    if (index % 2 === 1) return [{ kind: "pre", text: slackPlain(unlinked(piece)).replace(/^\n|\n$/g, "") }];
    return quoted(piece);
  });
}

/** Addresses stand in brackets in code too, and are shown without them. */
function unlinked(text: string): string {
  return text.replace(/<(https?:[^<>|\n]+)(?:\|([^<>\n]*))?>/g, (_, url: string, label?: string) => label ?? url);
}

const QUOTE = /^(?:&gt;|>)(?!(?:&gt;|>){2}) ?/;

/** Neighbouring lines that begin with `>` are one quotation; `>>>` quotes all that follows. */
function quoted(text: string): Mark[] {
  const marks: Mark[] = [];
  const lines = text.split("\n");
  let plain: string[] = [];
  const flush = (more: boolean) => {
    if (plain.length > 0) marks.push(...inline(plain.join("\n") + (more ? "\n" : "")));
    plain = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const rest = /^(?:&gt;|>){3} ?/.exec(line);
    if (rest) {
      flush(false);
      marks.push({ kind: "quote", children: inline([line.slice(rest[0].length), ...lines.slice(at + 1)].join("\n")) });
      return marks;
    }
    if (!QUOTE.test(line)) {
      plain.push(line);
      continue;
    }
    flush(false);
    const own: string[] = [];
    for (; at < lines.length && QUOTE.test(lines[at] ?? ""); at++) own.push((lines[at] ?? "").replace(QUOTE, ""));
    at--;
    marks.push({ kind: "quote", children: inline(own.join("\n")) });
  }
  flush(false);
  return marks;
}

const STYLES = { "*": "bold", _: "italic", "~": "strike" } as const;
type Style = keyof typeof STYLES;

const ANGLE = /^<([^<>\n]+)>/;
const BARE = /^https?:\/\/[^\s<>|]+[^\s<>|.,:;!?)\]}'"*_~]/i;
const CODE = /^`([^`\n]+)`/;

const isStyle = (char: string): char is Style => char in STYLES;
const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isBlank = (char: string | undefined) => char === undefined || /\s/.test(char);

function inline(text: string): Mark[] {
  const marks: Mark[] = [];
  // A style that found no end in its line finds none later in it.
  const endless = new Map<string, number>();
  let plain = "";
  const push = (mark: Mark) => {
    if (plain !== "") marks.push(slackPlain(plain));
    plain = "";
    marks.push(mark);
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? "";
    const found = special(text, at, char, endless);
    if (found) {
      push(found.mark);
      at += found.length;
    } else {
      plain += char;
      at++;
    }
  }
  if (plain !== "") marks.push(slackPlain(plain));
  return marks;
}

type Found = { mark: Mark; length: number };

function special(text: string, at: number, char: string, endless: Map<string, number>): Found | null {
  if (char === "`") {
    const code = CODE.exec(text.slice(at, at + 2_000));
    return code
      ? { mark: { kind: "code", children: [slackPlain(unlinked(code[1] ?? ""))] }, length: code[0].length }
      : null;
  }
  if (char === "<") {
    const angle = ANGLE.exec(text.slice(at, at + 4_000));
    return angle ? { mark: bracketed(angle[1] ?? ""), length: angle[0].length } : null;
  }
  if (char === "h" && !isWord(text[at - 1])) {
    const bare = BARE.exec(text.slice(at, at + 2_000));
    const url = slackPlain(bare?.[0] ?? "");
    return bare ? { mark: { kind: "link", url, children: [url] }, length: bare[0].length } : null;
  }
  if (!isStyle(char) || at < (endless.get(char) ?? 0) || isWord(text[at - 1]) || isBlank(text[at + 1])) return null;
  const line = text.indexOf("\n", at);
  const stop = line < 0 ? text.length : line;
  const end = endOf(text, at, char, stop);
  if (end === null) {
    endless.set(char, stop);
    return null;
  }
  return { mark: { kind: STYLES[char], children: inline(text.slice(at + 1, end)) }, length: end + 1 - at };
}

/** Where a style that begins at `at` ends; null when its line ends first. */
function endOf(text: string, at: number, char: Style, stop: number): number | null {
  for (let end = text.indexOf(char, at + 1); end >= 0 && end < stop; end = text.indexOf(char, end + 1)) {
    if (end > at + 1 && !isBlank(text[end - 1]) && !isWord(text[end + 1])) return end;
  }
  return null;
}

/** `<address|label>`, `<!here>`, `<@U1>`, `<#C1|name>`. */
function bracketed(text: string): Mark {
  const at = text.indexOf("|");
  const target = at < 0 ? text : text.slice(0, at);
  const label = at < 0 ? "" : slackPlain(text.slice(at + 1));
  if (target.startsWith("!date^")) return label || target;
  if (target.startsWith("!subteam^")) return { kind: "mention", children: [label || `@${target.slice(9)}`] };
  if (target.startsWith("!")) return { kind: "mention", children: [`@${label.replace(/^@/, "") || target.slice(1)}`] };
  if (target.startsWith("@")) return { kind: "mention", children: [`@${label.replace(/^@/, "") || target.slice(1)}`] };
  if (target.startsWith("#")) return { kind: "mention", children: [`#${label || target.slice(1)}`] };
  const url = slackPlain(target);
  if (!/^(?:https?|mailto|tel):/i.test(url)) return slackPlain(`<${text}>`);
  return { kind: "link", url, children: [label || url.replace(/^(?:mailto|tel):/i, "")] };
}
