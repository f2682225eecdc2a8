import { INTEGRATION_KEYS } from "../config/types";
import {
  BOOL,
  DURATION,
  goNamed,
  LABEL_NAME,
  listOf,
  MATCHER,
  mapOf,
  RECEIVER_NAME,
  REGEXP,
  STRING,
  structOf,
  TIME_INTERVAL_NAME,
} from "../field-types";
import type { Field, StructDefinition } from "../fields";
import { INTEGRATIONS } from "../integrations/integrations";
import { TIME_INTERVAL_STRUCT } from "../time-intervals/struct";
import { EVENT_RECORDER_STRUCT } from "./event-recorder";
import { GLOBAL_STRUCT } from "./global";
import { TRACING_STRUCT } from "./tracing";

const routeFields: Field[] = [
  { key: "receiver", type: RECEIVER_NAME },
  { key: "group_by", type: listOf(LABEL_NAME) },
  { key: "match", type: mapOf(STRING) },
  { key: "match_re", type: mapOf(REGEXP) },
  { key: "matchers", type: listOf(MATCHER) },
  { key: "mute_time_intervals", type: listOf(TIME_INTERVAL_NAME) },
  { key: "active_time_intervals", type: listOf(TIME_INTERVAL_NAME) },
  { key: "continue", type: BOOL, default: false },
  { key: "group_wait", type: DURATION, default: "30s" },
  { key: "group_interval", type: DURATION, default: "5m" },
  { key: "repeat_interval", type: DURATION, default: "4h" },
  {
    key: "labels",
    type: goNamed(mapOf(goNamed(STRING, "model.LabelValue")), "model.LabelSet"),
    templated: true,
    since: "0.34",
  },
];

/** A node of the routing tree; `routes` holds nodes of the same kind. */
export const ROUTE_STRUCT: StructDefinition = { name: "Route", fields: routeFields };
routeFields.push({ key: "routes", type: listOf(structOf(ROUTE_STRUCT)) });

/** One rule of `inhibit_rules`. */
export const INHIBIT_RULE_STRUCT: StructDefinition = {
  name: "InhibitRule",
  fields: [
    { key: "name", type: STRING, since: "0.30" },
    { key: "source_match", type: mapOf(STRING) },
    { key: "source_match_re", type: mapOf(REGEXP) },
    { key: "source_matchers", type: listOf(MATCHER) },
    { key: "target_match", type: mapOf(STRING) },
    { key: "target_match_re", type: mapOf(REGEXP) },
    { key: "target_matchers", type: listOf(MATCHER) },
    {
      key: "equal",
      type: listOf(LABEL_NAME),
      was: { until: "0.28", type: goNamed(listOf(LABEL_NAME), "model.LabelNames") },
    },
  ],
};

/** A receiver: a name, labels and the lists of its integrations. */
export const RECEIVER_STRUCT: StructDefinition = {
  name: "Receiver",
  fields: [
    { key: "name", type: STRING, required: true },
    { key: "labels", type: mapOf(STRING), since: "0.33" },
    ...INTEGRATION_KEYS.map((key): Field => {
      const definition = INTEGRATIONS[key];
      return { key, type: listOf(structOf(definition)), ...(definition.since && { since: definition.since }) };
    }),
  ],
};

/** The whole file. */
export const CONFIG_STRUCT: StructDefinition = {
  name: "Config",
  fields: [
    { key: "global", type: structOf(GLOBAL_STRUCT) },
    { key: "route", type: structOf(ROUTE_STRUCT), required: true },
    { key: "inhibit_rules", type: listOf(structOf(INHIBIT_RULE_STRUCT)) },
    { key: "receivers", type: listOf(structOf(RECEIVER_STRUCT)) },
    { key: "templates", type: listOf(STRING) },
    { key: "mute_time_intervals", type: listOf(structOf(TIME_INTERVAL_STRUCT)) },
    { key: "time_intervals", type: listOf(structOf(TIME_INTERVAL_STRUCT)) },
    { key: "tracing", type: structOf(TRACING_STRUCT), since: "0.30" },
    { key: "event_recorder", type: structOf(EVENT_RECORDER_STRUCT), since: "0.33" },
  ],
};
