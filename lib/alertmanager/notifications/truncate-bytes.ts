import { toBytes, toBytesMarked } from "../go/bytes";
import { NotifyCrash } from "./request";

const MARK = "…";

/**
 * By bytes, without breaking a rune. Upstream takes the number of bytes for one of runes and dies when the text has
 * fewer runes than that, with room for the runes as Go's allocator gives it.
 */
export function truncateBytes(text: string, most: number): string {
  const bytes = toBytesMarked(text);
  if (bytes.length <= most) return text;
  const target = most - 3;
  const runes = [...text];
  const capacity = runeCapacity(runes.length);
  if (target > capacity) {
    throw new NotifyCrash(`panic: runtime error: slice bounds out of range [:${target}] with capacity ${capacity}`);
  }
  let size = 0;
  let kept = 0;
  // Runes between the length and the capacity are zero and count as one byte each.
  while (kept < target) {
    const next = kept < runes.length ? toBytes(runes[kept]!).length : 1;
    if (size + next > target) break;
    size += next;
    kept++;
  }
  return runes.slice(0, kept).join("").toWellFormed() + "\0".repeat(Math.max(0, kept - runes.length)) + MARK;
}

/** Sizes of Go's allocator, in bytes, beyond which whole pages of 8 KiB are given. */
const SIZE_CLASSES = [
  ...[
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480,
  ],
  ...[512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864],
  ...[5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480],
  ...[21760, 24576, 27264, 28672, 32768],
];
const PAGE = 8192;

/** The capacity that `[]rune(s)` has for so many runes. */
function runeCapacity(length: number): number {
  const bytes = length * 4;
  const size = SIZE_CLASSES.find((candidate) => candidate >= bytes) ?? Math.ceil(bytes / PAGE) * PAGE;
  return size / 4;
}
