import type { TargetProfile } from "../profiles";

/** What is taken where no profile says otherwise. */
export const NEWEST_GO = 26;

/**
 * The minor release of Go that a version of Alertmanager is built with, on which the language of templates depends. 0.25 is
 * Debian's build with 1.19.8: the fixes of 1.19.9 count as those of 1.20.
 */
export function goRelease(profile: TargetProfile): number {
  if (profile.reaches("0.33")) return NEWEST_GO;
  if (profile.reaches("0.28")) return 24;
  if (profile.reaches("0.27")) return 21;
  return profile.reaches("0.26") ? 20 : 19;
}
