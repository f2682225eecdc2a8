import type { JsonObject } from "../../config/types";
import type { Context } from "../context";
import { checkEventWebhook, checkKafka, checkTracing } from "./extras";
import { checkHttpConfig, checkProxy, checkTls } from "./http";
import { INTEGRATION_RULES } from "./integrations";
import { checkReceiver } from "./receiver";
import { checkInhibitRule, checkRouteNode } from "./route";
import { all, from, required } from "./rule";
import { checkTimeInterval, checkTimeIntervalItem } from "./time-interval";

/** What a struct checks of itself while it is decoded, by its name. */
export const STRUCT_RULES: Readonly<Record<string, (context: Context, value: JsonObject) => void>> = {
  ...INTEGRATION_RULES,
  HTTPClientConfig: checkHttpConfig,
  OAuth2: from("0.26", checkProxy),
  TLSConfig: from("0.26", checkTls),
  Receiver: checkReceiver,
  Route: checkRouteNode,
  InhibitRule: checkInhibitRule,
  TimeInterval: checkTimeInterval,
  TimeIntervalItem: checkTimeIntervalItem,
  TracingConfig: all(required("endpoint", "tracing endpoint must be set"), checkTracing),
  FileOutputConfig: required("path", "event_recorder file output requires a path"),
  WebhookOutputConfig: all(required("url", "event_recorder webhook output requires a url"), checkEventWebhook),
  KafkaOutputConfig: from("0.34", checkKafka),
};
