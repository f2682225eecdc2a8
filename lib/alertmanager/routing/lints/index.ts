export type { LintOptions, Proof, SeenLabels } from "./lint";
export { lintConfig, withLints } from "./lint-config";
