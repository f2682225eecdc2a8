/** `start`–`end` of the text becomes `text`; edits of one text never overlap, insertions at one place keep their order. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

export function applyEdits(text: string, edits: readonly TextEdit[], from = 0, to = text.length): string {
  const parts: string[] = [];
  let position = from;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    if (edit.start > position) parts.push(text.slice(position, edit.start));
    parts.push(edit.text);
    position = Math.max(position, edit.end);
  }
  parts.push(text.slice(position, to));
  return parts.join("");
}

export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Before the line break of the line that holds `offset`. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** After the line before this one, or 0 on the first. */
export function previousLineEnd(text: string, offset: number): number {
  const start = lineStart(text, offset);
  if (start === 0) return 0;
  return text[start - 2] === "\r" ? start - 2 : start - 1;
}

export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}
