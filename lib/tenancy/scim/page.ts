import type { ScimList } from "./contract";

export const MOST = 500;
const USUAL = 100;

/** RFC 7644 §3.4.2.4: counted from one; what makes no sense is as if it were not there. */
export function pageOf({ startIndex, count }: ScimList): { skip: number; take: number } {
  const from = whole(startIndex) ?? 1;
  const wanted = whole(count) ?? USUAL;
  return { skip: Math.max(1, from) - 1, take: Math.min(MOST, Math.max(0, wanted)) };
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
