import { DocumentWorker } from "./document-worker";
import { lookAt, lookAtDefinitions, previewOf } from "./notification-samples";
import type { WorkerRequest } from "./worker-protocol";

const worker = new DocumentWorker(lookAt, lookAtDefinitions, previewOf);

self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => {
  self.postMessage(worker.answer(event.data));
});
