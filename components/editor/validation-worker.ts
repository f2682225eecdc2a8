import { DocumentWorker } from "./document-worker";
import { lookAt, previewOf } from "./notification-samples";
import type { WorkerRequest } from "./worker-protocol";

const worker = new DocumentWorker(lookAt, previewOf);

self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => {
  self.postMessage(worker.answer(event.data));
});
