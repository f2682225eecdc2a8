export { checkDuration, checkGoDuration, type DurationResult, printDuration } from "../go/duration";
export { checkUrl, type UrlResult } from "../go/url";
export { fieldAt, fieldsByKey } from "./field-at";
export { GLOBAL_STRUCT } from "./global";
export { type InheritedValue, inheritedValues } from "./resolve/inherited-values";
export { resolveConfig } from "./resolve/resolve-config";
export { configSchema } from "./schema";
export {
  isSecretRef,
  parseSecretRef,
  type SecretFacts,
  type SecretFactsByRef,
  type SecretRef,
  secretRef,
} from "./secret-ref";
export { isSecretField, mapSecrets, visitSecrets } from "./secrets";
export { CONFIG_STRUCT, INHIBIT_RULE_STRUCT, RECEIVER_STRUCT, ROUTE_STRUCT } from "./structs";
export {
  type Config,
  type ConfigDocument,
  INTEGRATION_KEYS,
  type InhibitRule,
  type Integration,
  type IntegrationKey,
  type Json,
  type JsonObject,
  type Path,
  type Receiver,
  type Route,
  type TemplateFile,
  type TimeInterval,
} from "./types";
export { usages } from "./usages";
