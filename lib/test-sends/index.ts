import "server-only";

export { listTests } from "./read-tests";
export { sendTest } from "./send-test";
