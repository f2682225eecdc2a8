/** A name or value with how many alerts had it. */
export type LabelCount = { text: string; count: number };

/** What is being typed at the end of a matcher text: a label's name, or a value of one. */
export type Typing =
  | { kind: "name"; typed: string; before: string }
  | { kind: "value"; name: string; typed: string; before: string };

const MOST = 50;
const NAME = /^(\s*)([^\s"=!~{}]*)$/;
const VALUE = /^(\s*([^\s"=!~{}]+)\s*(=~|!~|!=|=)\s*)("?)((?:[^"\\]|\\.)*)$/;

/** What `text` ends in; null behind a finished value. `before` is what stays in front of what is completed. */
export function typingAt(text: string): Typing | null {
  const start = lastStart(text);
  const rest = text.slice(start);
  const name = NAME.exec(rest);
  if (name) return { kind: "name", typed: name[2] ?? "", before: text.slice(0, start) + (name[1] ?? "") };
  const value = VALUE.exec(rest);
  if (!value) return null;
  const [, head = "", label = "", operator = "", , typed = ""] = value;
  const choice = operator.endsWith("~") ? typed.lastIndexOf("|") + 1 : 0;
  const before = `${text.slice(0, start)}${head}"${typed.slice(0, choice)}`;
  return { kind: "value", name: label, typed: typed.slice(choice), before };
}

/** Behind the last comma that separates matchers. */
function lastStart(text: string): number {
  let quoted = false;
  let start = text.startsWith("{") ? 1 : 0;
  for (let at = 0; at < text.length; at++) {
    if (quoted && text[at] === "\\") at += 1;
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === "," && !quoted) start = at + 1;
  }
  return start;
}

/** The text with `picked` in the place of what was typed; a name is followed by its value. */
export function completed(typing: Typing, picked: string): string {
  if (typing.kind === "name") return `${typing.before}${picked}="`;
  const pattern = /(?:=~|!~)\s*"[^"]*$/.test(typing.before);
  const value = pattern ? picked.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`) : picked;
  const quoted = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `${typing.before}${quoted}"`;
}

/** Those that begin with what is typed first, then those that hold it. */
export function fitting(counts: readonly LabelCount[], typed: string): readonly LabelCount[] {
  const wanted = typed.toLowerCase();
  const starts = counts.filter(({ text }) => text.toLowerCase().startsWith(wanted));
  const holds = counts.filter(({ text }) => text.toLowerCase().indexOf(wanted) > 0);
  return [...starts, ...holds].slice(0, MOST);
}
