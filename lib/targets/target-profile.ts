import { DEFAULT_PROFILE_ID, PROFILE_IDS, profileFor, type TargetProfile } from "@/lib/alertmanager";
import { chooseProfile, fromOldest, oldestProfile } from "./choose-profile";

export function profileIdOf(version: string | null) {
  return chooseProfile(version, PROFILE_IDS, DEFAULT_PROFILE_ID);
}

/** Of targets of all these versions the oldest. */
export function profileForAll(versions: readonly (string | null)[]): TargetProfile {
  return profileFor(oldestProfile(versions.map(profileIdOf), DEFAULT_PROFILE_ID));
}

/** What a configuration must satisfy to run on targets of all these versions, each once and the oldest first. */
export function profilesForAll(versions: readonly (string | null)[]): TargetProfile[] {
  const ids = fromOldest([...new Set(versions.map(profileIdOf))]);
  return (ids.length > 0 ? ids : [DEFAULT_PROFILE_ID]).map(profileFor);
}
