export { findInhibitions, type InhibitedBy } from "./find-inhibitions";
export { Inhibitor } from "./inhibitor";
export { type MutedFiring, type PastInhibition, pastInhibitions } from "./past-inhibitions";
export { compileInhibitRules } from "./rule";
