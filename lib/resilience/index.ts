import "server-only";

export { type AllowList, type OutboundPurpose, parseAllowList } from "./allow-list";
export { failpoint } from "./failpoint";
export { guardedRequest, type OutboundRequest, type OutboundResponse } from "./outbound";
export { outboundRequest } from "./outbound-request";
export { type RetryOptions, retry } from "./retry";
