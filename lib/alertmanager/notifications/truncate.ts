const MARK = "…";

/** Go's count of runes, with a mark in the place of what is cut. */
export function truncateRunes(text: string, most: number): string {
  if (text.length <= most) return text;
  const runes = [...text];
  if (runes.length <= most) return text;
  const kept = most <= 3 ? runes.slice(0, most).join("") : runes.slice(0, most - 1).join("") + MARK;
  // Go makes a U+FFFD of each byte that is no UTF-8, though only of a text that it cuts.
  return kept.toWellFormed();
}
