/** `team=web, host="a b"` as labels; `null` when it is something else, `undefined` when nothing was said. */
export function readLabels(text: string): Record<string, string> | null | undefined {
  if (text.trim() === "") return undefined;
  const labels: Record<string, string> = {};
  const pair = /\s*([a-zA-Z_][\w]*)\s*=\s*(?:"([^"]*)"|([^",]*?))\s*(,|$)/y;
  while (pair.lastIndex < text.length) {
    const found = pair.exec(text);
    if (!found) return null;
    labels[found[1] ?? ""] = found[2] ?? found[3] ?? "";
  }
  return labels;
}
