export type { PostedAlert } from "./alerts";
export { buildRequests } from "./build-requests";
export type { NotificationFailure, NotificationRequest } from "./request";
