import "server-only";

export { notify } from "./notify";
export { getNoticePreference, listNotices, markNoticesRead, setNoticePreference } from "./read-notices";
export { startNoticeWorker } from "./start-notice-worker";
export { getWebhook, removeWebhook, setWebhook } from "./webhook";
