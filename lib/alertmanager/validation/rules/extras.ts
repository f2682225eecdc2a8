import type { JsonObject } from "../../config/types";
import { type Context, items, textOf } from "../context";

export function checkTracing(context: Context, value: JsonObject) {
  const client = textOf(value.client_type);
  if (client !== "" && client !== "http" && client !== "grpc") {
    const upstream = `expected tracing client type to be to be http or grpc, but got ${client}`;
    context.report(
      "value_not_allowed",
      { params: { key: "client_type", value: client, allowed: "http, grpc" }, upstream },
      "client_type",
    );
  }
  const compression = textOf(value.compression);
  if (compression !== "" && compression !== "gzip") {
    const upstream = `invalid compression type ${compression} provided, valid options: gzip`;
    context.report(
      "value_not_allowed",
      { params: { key: "compression", value: compression, allowed: "gzip" }, upstream },
      "compression",
    );
  }
}

const BATCH_KEYS = ["batch_max_events", "batch_max_bytes", "batch_flush_interval"];

export function checkEventWebhook(context: Context, value: JsonObject) {
  const problem = (upstream: string, key: string) =>
    context.report("event_recorder_invalid", { params: { reason: upstream }, upstream }, key);
  for (const key of BATCH_KEYS) {
    const setting = value[key];
    if (typeof setting === "number" && setting < 0)
      problem("event_recorder webhook batch settings cannot be negative", key);
    else if (setting !== undefined && setting !== null && setting !== 0 && value.batch !== true) {
      problem("event_recorder webhook batch settings require batch: true", key);
    }
  }
}

export function checkKafka(context: Context, value: JsonObject) {
  if (items(value.brokers).length > 0) return;
  const upstream = "event_recorder kafka: at least one broker is required";
  context.report("missing_required", { params: { key: "brokers" }, upstream }, "brokers");
}
