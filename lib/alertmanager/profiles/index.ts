export { DEFAULT_PROFILE_ID, type MatcherDialect, PROFILE_IDS, profileFor, type TargetProfile } from "./profiles";
