import { type Bytes, fromByteArray } from "./bytes";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Base64 with padding, as Go's `URLEncoding` or `StdEncoding`. */
export function encodeBase64(bytes: Bytes, variant: "url" | "standard"): string {
  const alphabet = ALPHABET + (variant === "url" ? "-_" : "+/");
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second, third] = [0, 1, 2].map((offset) => bytes.charCodeAt(at + offset)) as [number, number, number];
    const bits = (first << 16) | ((second || 0) << 8) | (third || 0);
    text += alphabet[bits >> 18]! + alphabet[(bits >> 12) & 63]!;
    text += at + 1 < bytes.length ? alphabet[(bits >> 6) & 63]! : "=";
    text += at + 2 < bytes.length ? alphabet[bits & 63]! : "=";
  }
  return text;
}

/** Go's `base64.URLEncoding.DecodeString`: bytes, or the offset of the first wrong byte. */
export function decodeBase64Url(text: Bytes): { ok: true; bytes: Bytes } | { ok: false; offset: number } {
  const out: number[] = [];
  const corrupt = (offset: number) => ({ ok: false as const, offset });
  let at = 0;
  const skipNewlines = () => {
    while (text[at] === "\n" || text[at] === "\r") at++;
  };
  for (;;) {
    const group: number[] = [];
    let padded = false;
    while (group.length < 4 && !padded) {
      if (at === text.length) {
        if (group.length === 0) return { ok: true, bytes: fromByteArray(Uint8Array.from(out)) };
        return corrupt(at - group.length);
      }
      const char = text[at++]!;
      const value = `${ALPHABET}-_`.indexOf(char);
      if (value >= 0) group.push(value);
      else if (char === "\n" || char === "\r") continue;
      else if (char !== "=" || group.length < 2) return corrupt(at - 1);
      else padded = true;
    }
    if (padded && group.length === 2) {
      skipNewlines();
      if (at === text.length) return corrupt(text.length);
      if (text[at] !== "=") return corrupt(at - 1);
      at++;
    }
    const bits = group.reduce((sum, value, index) => sum | (value << (18 - 6 * index)), 0);
    out.push(...[bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, group.length - 1));
    if (!padded) continue;
    skipNewlines();
    if (at < text.length) return corrupt(at);
    return { ok: true, bytes: fromByteArray(Uint8Array.from(out)) };
  }
}
