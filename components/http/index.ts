export { ApiError, type ApiOptions, api } from "./api";
export { ErrorNotice } from "./error-notice";
export { type ErrorText, useErrorText } from "./error-text";
export { QueryProvider } from "./query-provider";
export { type CurrentTenant, TenantProvider, useTenant } from "./tenant-context";
