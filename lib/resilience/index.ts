import "server-only";

export { type AllowList, type OutboundPurpose, parseAllowList } from "./allow-list";
export { credentialsRequest, isCredentialsAddress } from "./credentials-request";
export { failpoint } from "./failpoint";
export { type FairShare, fairShare } from "./fair-share";
export { isLoopback, originOf, parseTrustedProxies, plainAddress, type TrustedProxies } from "./forwarded";
export { guardedAgent } from "./guarded-agent";
export { guardedSocket } from "./guarded-socket";
export { guardedRequest, type OutboundRequest, type OutboundResponse, type OutboundTls, tlsOptions } from "./outbound";
export { outboundRequest } from "./outbound-request";
export { type PeopleFirst, peopleFirst } from "./people-first";
export { addressKey, type RateLimit, rateLimit } from "./rate-limit";
export { requiresTls } from "./require-tls";
export { type RetryOptions, retry } from "./retry";
export { type AwsKey, signAws } from "./sign-aws";
export { strongTls } from "./strong-tls";
export { turnAway, turnedAway } from "./turned-away";
