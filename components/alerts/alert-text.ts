import type { AlertDto } from "@/lib/history/contract";

/** What came from outside is a link only where a browser may follow it. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}

/** How long it fired, or has been firing, in the largest unit that says something. */
export function lasted(
  { startsAt, endsAt, state }: AlertDto,
  now: Date,
): { count: number; unit: "second" | "minute" | "hour" | "day" } {
  const end = state === "firing" ? now.getTime() : Date.parse(endsAt);
  const seconds = Math.max(0, (end - Date.parse(startsAt)) / 1000);
  if (seconds < 90) return { count: Math.round(seconds), unit: "second" };
  if (seconds < 90 * 60) return { count: Math.round(seconds / 60), unit: "minute" };
  if (seconds < 36 * 3600) return { count: Math.round(seconds / 3600), unit: "hour" };
  return { count: Math.round(seconds / 86_400), unit: "day" };
}

/** One more matcher behind those that are there already. */
export function withMatcher(matchers: string, name: string, value: string): string {
  const label = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : JSON.stringify(name);
  const added = `${label}=${JSON.stringify(value)}`;
  const known = matchers.trim().replace(/,$/, "");
  if (known === "") return added;
  return known.includes(added) ? known : `${known}, ${added}`;
}
