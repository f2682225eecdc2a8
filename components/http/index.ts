export { type ApiOptions, api } from "./api";
export { ErrorNotice } from "./error-notice";
export { type ErrorText, useErrorText } from "./error-text";
export type { CurrentTenant } from "./tenant-context";
