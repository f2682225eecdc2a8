import "server-only";

export { checkSecrets } from "./check-secrets";
export { readChecks } from "./read-checks";
export { listTests } from "./read-tests";
export { sendTest } from "./send-test";
