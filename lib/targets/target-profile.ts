import { DEFAULT_PROFILE_ID, PROFILE_IDS, profileFor, type TargetProfile } from "@/lib/alertmanager";
import { chooseProfile, oldestProfile } from "./choose-profile";

export function profileIdOf(version: string | null) {
  return chooseProfile(version, PROFILE_IDS, DEFAULT_PROFILE_ID);
}

/** What a configuration must satisfy to run on targets of all these versions. */
export function profileForAll(versions: readonly (string | null)[]): TargetProfile {
  return profileFor(oldestProfile(versions.map(profileIdOf), DEFAULT_PROFILE_ID));
}
