import "server-only";

export { getPublication, listPublications } from "./read-publications";
export { requestPublication } from "./request-publication";
export { startPublishingWorker } from "./start-publishing-worker";
