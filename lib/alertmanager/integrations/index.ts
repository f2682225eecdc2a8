export { HTTP_CONFIG_STRUCT, TLS_CONFIG_STRUCT } from "./http-config";
export { INTEGRATIONS } from "./integrations";
