import "server-only";

export { acknowledgePublication } from "./acknowledge-publication";
export { bringBack } from "./bring-back";
export { getPublication, listPublications } from "./read-publications";
export { publishAgain, requestPublication } from "./request-publication";
export { startPublishingWorker } from "./start-publishing-worker";
export { targetDifference } from "./target-difference";
