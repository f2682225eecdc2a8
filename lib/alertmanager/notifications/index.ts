export type { PostedAlert } from "./alerts";
export { type BuildOptions, buildRequests } from "./build-requests";
export { judgeLiveness, livenessRequest } from "./liveness";
export type { HttpRequest, NotificationFailure, NotificationRequest, SmtpRequest } from "./request";
export { type AnsweredRequest, afterFailure, afterResponse, type NextStep } from "./retry";
