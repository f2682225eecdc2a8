import { BOOL, DURATION, enumOf, FLOAT, goNamed, mapOf, STRING, structOf } from "../field-types";
import type { StructDefinition } from "../fields";
import { HEADER_STRUCT, TLS_CONFIG_STRUCT } from "../integrations/http-config";

/** `tracing`: OpenTelemetry export of Alertmanager itself. */
export const TRACING_STRUCT: StructDefinition = {
  name: "TracingConfig",
  fields: [
    { key: "client_type", type: enumOf("http", "grpc"), default: "grpc" },
    { key: "endpoint", type: STRING, required: true },
    { key: "sampling_fraction", type: FLOAT },
    { key: "insecure", type: BOOL },
    { key: "tls_config", type: structOf(TLS_CONFIG_STRUCT) },
    { key: "headers", type: goNamed(mapOf(structOf(HEADER_STRUCT)), "config.Headers") },
    { key: "compression", type: enumOf("gzip") },
    { key: "timeout", type: DURATION },
  ],
};
