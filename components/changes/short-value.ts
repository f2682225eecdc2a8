import type { Json } from "@/lib/alertmanager";

const LONGEST = 160;

/** A value as one would write it on one line of YAML, cut where it gets long: to read, not to parse. */
export function shortValue(value: Json): string {
  const text = flow(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function flow(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).filter(([key]) => key !== "id");
    return `{${pairs.map(([key, item]) => `${key}: ${flow(item)}`).join(", ")}}`;
  }
  return value === "" ? "''" : String(value);
}
