export { type CompiledRegexp, compileMatcher, compileRegexp, matches } from "./match";
export { type Matcher, type MatcherOperator, type MatcherResult, parseMatchers } from "./parse";
export { printMatcher, printMatchers } from "./print";
