const STRIDE = 4_096;

/** Where two texts begin to differ; long equal stretches are compared at once. */
function commonStart(a: string, b: string, limit: number): number {
  let at = 0;
  while (at + STRIDE <= limit && a.slice(at, at + STRIDE) === b.slice(at, at + STRIDE)) at += STRIDE;
  while (at < limit && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonEnd(a: string, b: string, limit: number): number {
  let length = 0;
  const stretch = (text: string) => text.slice(text.length - length - STRIDE, text.length - length);
  while (length + STRIDE <= limit && stretch(a) === stretch(b)) length += STRIDE;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}

/** What stands from `from` until before `to` gives way to `insert`. */
export type TextChange = { from: number; to: number; insert: string };

/** The smallest replacement that turns one text into another, so that cursor, scroll and undo of an editor stay. */
export function textChange(before: string, after: string): TextChange {
  const start = commonStart(before, after, Math.min(before.length, after.length));
  const end = commonEnd(before, after, Math.min(before.length, after.length) - start);
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
