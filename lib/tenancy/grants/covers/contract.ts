import type { Expectation } from "@/lib/alertmanager";
import type { Grants } from "../contract";

// Apart from the schemas: every list of receivers asks, and zod is no part of a first load.

/** `*` stands for any text, also none; everything else for itself. Never takes long, whatever the pattern. */
function fits(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

export function coversReceiver(grants: Grants, name: unknown): boolean {
  return typeof name === "string" && grants.receivers.some((pattern) => fits(pattern, name));
}

/** An expectation that fails holds up everybody: with limits, only what is about receivers within them alone. */
export function isExpectationWithin(
  grants: Grants | null,
  { receivers, reaches, not }: Pick<Expectation, "receivers" | "reaches" | "not">,
): boolean {
  if (grants === null) return true;
  const names = [receivers, reaches, not].flatMap((list) => list ?? []);
  return names.length > 0 && names.every((name) => coversReceiver(grants, name));
}
