import { parseConfig, profileFor } from "@/lib/alertmanager";
import { analyse } from "./analyse";
import type { WorkerAnswer, WorkerRequest } from "./worker-protocol";

function answer(request: WorkerRequest): WorkerAnswer {
  const { sequence } = request;
  try {
    if (request.kind === "analyse") {
      return { kind: "analysis", sequence, analysis: analyse(request.document, request.secrets, request.profiles) };
    }
    const { config, diagnostics } = parseConfig(request.text, {
      profile: profileFor(request.profile),
      previous: request.previous,
      newId: () => crypto.randomUUID(),
    });
    return { kind: "parsed", sequence, parsed: { config, diagnostics } };
  } catch (error) {
    return { kind: "failed", sequence, message: error instanceof Error ? error.message : String(error) };
  }
}

self.addEventListener("message", (event: MessageEvent<WorkerRequest>) => {
  self.postMessage(answer(event.data));
});
