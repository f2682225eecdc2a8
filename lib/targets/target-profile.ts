import { DEFAULT_PROFILE_ID, injectingId, PROFILE_IDS, profileFor, type TargetProfile } from "@/lib/alertmanager";
import { chooseProfile, fromOldest, oldestProfile } from "./choose-profile";

/** What a target runs, and what its owner asks of alerts before they come to the tenant's routes. */
interface Judging {
  version: string | null;
  injectedMatchers: readonly string[];
}

export function profileIdOf({ version, injectedMatchers }: Judging): string {
  return injectingId(chooseProfile(version, PROFILE_IDS, DEFAULT_PROFILE_ID), injectedMatchers.join(","));
}

/** Of all these targets that of the oldest version. */
export function profileForAll(targets: readonly Judging[]): TargetProfile {
  return profileFor(oldestProfile(targets.map(profileIdOf), DEFAULT_PROFILE_ID));
}

/** What a configuration must satisfy to run on all these targets, each once and the oldest first. */
export function profilesForAll(targets: readonly Judging[]): TargetProfile[] {
  const ids = fromOldest([...new Set(targets.map(profileIdOf))]);
  return (ids.length > 0 ? ids : [DEFAULT_PROFILE_ID]).map(profileFor);
}
