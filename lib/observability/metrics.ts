import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const kept = globalThis as typeof globalThis & { signalboxMetrics?: ReturnType<typeof createMetrics> };

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

// Labels are closed sets, never a tenant, a person or a path: their number must not grow with use.
function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "signalbox_" });
  // Whom the metrics are open to need not know which Node runs here.
  registry.removeSingleMetric("signalbox_nodejs_version_info");
  const registers = [registry];
  return {
    registry,
    httpRequestSeconds: new Histogram({
      name: "signalbox_http_request_duration_seconds",
      help: "Requests to the API by route and status.",
      labelNames: ["method", "route", "status"],
      buckets: SECONDS,
      registers,
    }),
    commandSeconds: new Histogram({
      name: "signalbox_command_duration_seconds",
      help: "Commands and queries by name and outcome (ok, or the error's code).",
      labelNames: ["name", "outcome"],
      buckets: SECONDS,
      registers,
    }),
    publications: new Counter({
      name: "signalbox_publications_total",
      help: "Finished publications by status.",
      labelNames: ["status"],
      registers,
    }),
    publicationSeconds: new Histogram({
      name: "signalbox_publication_duration_seconds",
      help: "From request to the end of a publication.",
      labelNames: ["status"],
      buckets: [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
      registers,
    }),
    outboundRequests: new Counter({
      name: "signalbox_outbound_requests_total",
      help: "Requests that left the house by purpose and outcome.",
      labelNames: ["purpose", "outcome"],
      registers,
    }),
    rateLimited: new Counter({
      name: "signalbox_rate_limited_total",
      help: "Requests that were refused because there were too many, by limit.",
      labelNames: ["limit"],
      registers,
    }),
    witnessAnswers: new Counter({
      name: "signalbox_witness_answers_total",
      help: "What witnesses answered to checkpoints: cosigned, refused (the log is not what they saw) or failed.",
      labelNames: ["outcome"],
      registers,
    }),
    checkpoints: new Counter({
      name: "signalbox_checkpoints_total",
      help: "Logs that were to be signed: signed, or failed: among others because the log is not what was signed before.",
      labelNames: ["outcome"],
      registers,
    }),
    drifted: new Gauge({
      name: "signalbox_drifted_targets",
      help: "Targets whose live configuration differs from what was published last.",
      registers,
    }),
  };
}

/** The metrics of this process. New ones are declared above, so that names and labels are seen side by side. */
export function metrics(): ReturnType<typeof createMetrics> {
  kept.signalboxMetrics ??= createMetrics();
  return kept.signalboxMetrics;
}
