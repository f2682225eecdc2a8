import "server-only";

export { checkSecrets } from "./check-secrets";
export { postAlert } from "./post-alert";
export { readChecks } from "./read-checks";
export { listTests } from "./read-tests";
export { sendTest } from "./send-test";
