import type { JsonObject } from "../../config/types";
import type { Context } from "../context";
import { checkEventWebhook, checkKafka, checkTracing } from "./extras";
import { checkAuthorization, checkBasicAuth, checkHttpConfig, checkOAuth2, checkTls } from "./http";
import { all, INTEGRATION_RULES, required } from "./integrations";
import { checkInhibitRule, checkRouteNode } from "./route";
import { checkTimeInterval, checkTimeIntervalItem } from "./time-interval";

/** What a struct checks of itself while it is decoded, by its name. */
export const STRUCT_RULES: Readonly<Record<string, (context: Context, value: JsonObject) => void>> = {
  ...INTEGRATION_RULES,
  HTTPClientConfig: checkHttpConfig,
  BasicAuth: checkBasicAuth,
  Authorization: checkAuthorization,
  OAuth2: checkOAuth2,
  TLSConfig: checkTls,
  Route: checkRouteNode,
  InhibitRule: checkInhibitRule,
  TimeInterval: checkTimeInterval,
  TimeIntervalItem: checkTimeIntervalItem,
  TracingConfig: all(required("endpoint", "tracing endpoint must be set"), checkTracing),
  FileOutputConfig: required("path", "event_recorder file output requires a path"),
  WebhookOutputConfig: all(required("url", "event_recorder webhook output requires a url"), checkEventWebhook),
  KafkaOutputConfig: all(required("topic", "event_recorder kafka output requires a topic"), checkKafka),
};
