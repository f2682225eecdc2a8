export { Inhibitor } from "./inhibitor";
export { compileInhibitRules } from "./rule";
