import type { PublicationDto } from "@/lib/publishing/contract";
import { isLoud, type TargetDto } from "@/lib/targets/contract";

const FAILED: readonly PublicationDto["status"][] = ["failed", "restored"];
const SUCCEEDED: readonly PublicationDto["status"][] = ["verified", "unverified"];

/** The newest publication that failed and was dealt with neither by a later success nor by somebody who says so. */
export function unresolvedPublication(publications: readonly PublicationDto[]): PublicationDto | undefined {
  const ended = publications
    .filter(({ status }) => FAILED.includes(status) || SUCCEEDED.includes(status))
    .toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt));
  const last = ended[0];
  return last && FAILED.includes(last.status) && last.acknowledged === null ? last : undefined;
}

/** Targets at which something else lies than what was published, which nobody has acknowledged. */
export function unresolvedTargets(targets: readonly TargetDto[]): TargetDto[] {
  return targets.filter(({ drift }) => isLoud(drift.state) && !drift.acknowledged);
}
