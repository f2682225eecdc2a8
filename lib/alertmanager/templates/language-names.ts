import { fromBytes, toBytes } from "../go/bytes";
import { canBackquote, quoteBytes, unquoteBytes } from "../go/quote-bytes";
import { type LanguageAction, type LanguageToken, scanActions } from "./language-tokens";

/** A name as it is written behind `define`, `block` or `template`; a block defines and calls. */
export interface WrittenName {
  name: string;
  defines: boolean;
  calls: boolean;
  /** Of the literal, quotes included. */
  token: LanguageToken;
  /** The definition in which it stands; null outside of all. */
  within: string | null;
}

/** The names that a text defines and calls, in the order in which they stand; also in a text that does not parse. */
export function writtenNames(text: string): WrittenName[] {
  const names: WrittenName[] = [];
  const open: (string | null)[] = [];
  for (const { tokens } of scanActions(text)) {
    const keyword = tokens[0]?.kind === "keyword" ? tokens[0].text : "";
    const within = open.findLast((name) => name !== null) ?? null;
    const written = nameIn(tokens);
    if (written) {
      const [defines, calls] = [keyword !== "template", keyword !== "define"];
      names.push({ name: written.name, token: written.token, defines, calls, within });
    }
    if (keyword === "define" || keyword === "block") open.push(written?.name ?? null);
    else if (keyword === "if" || keyword === "with" || keyword === "range") open.push(null);
    else if (keyword === "end") open.pop();
  }
  return names;
}

/** The literal behind `define`, `block` or `template` and the name it spells. */
export function nameIn(tokens: LanguageAction["tokens"]): { name: string; token: LanguageToken } | null {
  const [keyword, token] = tokens;
  if (keyword?.kind !== "keyword" || !/^(?:define|block|template)$/.test(keyword.text) || !token) return null;
  if (token.kind !== "string" && token.kind !== "rawString") return null;
  const name = unquoteBytes(toBytes(token.text));
  return name === null ? null : { name: fromBytes(name), token };
}

/** A name as a literal, between backticks where it stood so. */
export function quotedLike(name: string, literal: string): string {
  const bytes = toBytes(name);
  return literal.startsWith("`") && canBackquote(bytes) ? `\`${name}\`` : fromBytes(quoteBytes(bytes));
}
