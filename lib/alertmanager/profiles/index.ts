export {
  DEFAULT_PROFILE_ID,
  type MatcherDialect,
  PROFILE_IDS,
  profileFor,
  profileInMode,
  type TargetProfile,
} from "./profiles";
