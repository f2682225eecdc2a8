import { BOOL, DURATION, goNamed, INT, listOf, SECRET_URL, STRING, structOf } from "../field-types";
import type { StructDefinition } from "../fields";
import { HTTP_CONFIG_STRUCT, TLS_CONFIG_STRUCT } from "../integrations/http-config";

const FILE_OUTPUT: StructDefinition = {
  name: "FileOutputConfig",
  fields: [{ key: "path", type: STRING, required: true }],
};

const WEBHOOK_OUTPUT: StructDefinition = {
  name: "WebhookOutputConfig",
  fields: [
    { key: "url", type: SECRET_URL, required: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT) },
    { key: "timeout", type: DURATION },
    { key: "workers", type: goNamed(INT, "int") },
    { key: "max_retries", type: goNamed(INT, "int") },
    { key: "retry_backoff", type: DURATION },
    { key: "batch", type: BOOL, since: "0.34" },
    { key: "batch_max_events", type: goNamed(INT, "int"), since: "0.34" },
    { key: "batch_max_bytes", type: goNamed(INT, "int"), since: "0.34" },
    { key: "batch_flush_interval", type: DURATION, since: "0.34" },
  ],
};

const KAFKA_OUTPUT: StructDefinition = {
  name: "KafkaOutputConfig",
  fields: [
    { key: "brokers", type: listOf(STRING), required: true },
    { key: "topic", type: STRING, required: true },
    { key: "client_id", type: STRING },
    { key: "format", type: STRING },
    { key: "acks", type: STRING },
    { key: "compression", type: STRING },
    { key: "buffer_size", type: goNamed(INT, "int") },
    { key: "tls_config", type: structOf(TLS_CONFIG_STRUCT) },
  ],
};

const STDOUT_OUTPUT: StructDefinition = { name: "StdoutOutputConfig", fields: [] };

/** `event_recorder` (needs the feature flag of that name). */
export const EVENT_RECORDER_STRUCT: StructDefinition = {
  name: "EventRecorderConfig",
  fields: [
    { key: "file_outputs", type: listOf(structOf(FILE_OUTPUT)) },
    { key: "webhook_outputs", type: listOf(structOf(WEBHOOK_OUTPUT)) },
    { key: "kafka_outputs", type: listOf(structOf(KAFKA_OUTPUT)) },
    { key: "stdout_outputs", type: listOf(structOf(STDOUT_OUTPUT)), since: "0.34" },
  ],
};
