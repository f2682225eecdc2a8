"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

/** More than this is never drawn: a preview is no place to read a book. */
const MOST = 20_000;

export function capped(text: string): string {
  return text.length > MOST ? `${wholeCharacters(text, MOST)}…` : text;
}

/** The first part of a text, not ended in the middle of a character. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd8_00 && last < 0xdc_00 ? length - 1 : length);
}

/** Where a provider folds a text. */
export interface FoldRule {
  characters: number;
  lines?: number;
}

/** The part of a text that stands above the fold, or nothing where it is shown whole. */
export function aboveFold(text: string, { characters, lines = Number.POSITIVE_INFINITY }: FoldRule): string | null {
  const breaks = text.split("\n");
  if (text.length <= characters && breaks.length <= lines) return null;
  return wholeCharacters(breaks.slice(0, lines).join("\n"), characters).trimEnd();
}

/** A text that is folded as its provider folds it, with a button to see the rest. */
export function Folded({
  text,
  rule,
  children,
}: {
  text: string;
  rule: FoldRule;
  children: (shown: string) => ReactNode;
}) {
  const t = useTranslations("looks");
  const [open, setOpen] = useState(false);
  const whole = capped(text);
  const short = aboveFold(whole, rule);
  if (short === null) return children(whole);
  return (
    <>
      {children(open ? whole : `${short}…`)}
      <button type="button" className="link block text-12" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "showLess" : "showMore")}
      </button>
    </>
  );
}
