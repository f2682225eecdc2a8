export {
  DEFAULT_PROFILE_ID,
  injectingId,
  type MatcherDialect,
  PROFILE_IDS,
  profileFor,
  profileInMode,
  type TargetProfile,
} from "./profiles";
