import type { JsonObject } from "../../config/types";
import { goQuote } from "../../go/quote";
import { type Context, isSet, items, textOf } from "../context";
import { oneOf, required } from "./rule";

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
  if (value.url === "<secret>") problem("event_recorder webhook output requires an absolute http(s) url", "url");
  if (!context.profile.reaches("0.34")) return;
  const negative = BATCH_KEYS.find((key) => Number(value[key]) < 0);
  if (negative) problem("event_recorder webhook batch settings cannot be negative", negative);
  const idle = BATCH_KEYS.find((key) => !isUnset(value[key]));
  if (idle && value.batch !== true) problem("event_recorder webhook batch settings require batch: true", idle);
}

function isUnset(setting: unknown): boolean {
  return !isSet(setting) || setting === 0 || /^0[a-z]*$/.test(textOf(setting));
}

export function checkKafka(context: Context, value: JsonObject) {
  const brokers = items(value.brokers);
  if (brokers.length === 0) {
    const upstream = "event_recorder kafka: at least one broker is required";
    context.report("missing_required", { params: { key: "brokers" }, upstream }, "brokers");
  }
  const blank = brokers.findIndex((broker) => !isSet(broker));
  if (blank >= 0) {
    const upstream = "event_recorder kafka: broker entries must be non-empty";
    context.report("missing_required", { params: { key: "brokers" }, upstream }, "brokers", blank);
  }
  oneOf(
    "acks",
    ["", "none", "leader", "all"],
    (acks) => `event_recorder kafka: unknown acks ${goQuote(acks)}, must be "none", "leader", or "all"`,
  )(context, value);
  oneOf(
    "compression",
    ["", "none", "gzip", "snappy", "lz4", "zstd"],
    (compression) => `event_recorder kafka: unknown compression ${goQuote(compression)}`,
  )(context, value);
  required("topic", "event_recorder kafka output requires a topic")(context, value);
  oneOf(
    "format",
    ["", "json", "protobuf"],
    (format) => `event_recorder kafka: unknown format ${goQuote(format)}, must be "json" or "protobuf"`,
  )(context, value);
}
