const MARK = "…";

/** Go's count of runes, with a mark in the place of what is cut. */
export function truncateRunes(text: string, most: number): string {
  if (text.length <= most) return text;
  const runes = [...text];
  if (runes.length <= most) return text;
  return most <= 3 ? runes.slice(0, most).join("") : runes.slice(0, most - 1).join("") + MARK;
}
