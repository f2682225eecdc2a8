import type { CasePreview } from "@/lib/alertmanager";

type Sent = CasePreview["requests"][number];

const encoder = new TextEncoder();

/** What the other side gets to read, in bytes: bodies and mails, without the lines around them. */
export function sizeOf(requests: readonly Sent[]): number {
  return requests.reduce((sum, one) => sum + encoder.encode("smtp" in one ? one.data : one.body).length, 0);
}
