import type { TargetDto } from "@/lib/targets/contract";

type Named = Pick<TargetDto, "id" | "name">;

/** The target that refused: the error names it; where it does not, only a single target leaves no doubt. */
export function occupiedTarget(
  targets: readonly Named[],
  details: Readonly<Record<string, unknown>>,
): Named | undefined {
  const { target } = details;
  if (typeof target === "string") return targets.find(({ name }) => name === target);
  return targets.length === 1 ? targets[0] : undefined;
}
