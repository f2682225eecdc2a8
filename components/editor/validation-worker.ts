import { DocumentWorker } from "./document-worker";
import type { WorkerRequest } from "./worker-protocol";

const worker = new DocumentWorker();

self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => {
  self.postMessage(worker.answer(event.data));
});
