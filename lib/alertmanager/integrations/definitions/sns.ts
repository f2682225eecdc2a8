import { BOOL, mapOf, SECRET, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const SIGV4_CONFIG_STRUCT: StructDefinition = {
  name: "SigV4Config",
  fields: [
    { key: "region", type: STRING },
    { key: "access_key", type: STRING },
    { key: "secret_key", type: SECRET },
    { key: "profile", type: STRING },
    { key: "role_arn", type: STRING },
    { key: "external_id", type: STRING, since: "0.31" },
    { key: "use_fips_sts_endpoint", type: BOOL, since: "0.28" },
    { key: "service_name", type: STRING, since: "0.29" },
  ],
};

export const SNS: IntegrationDefinition = {
  name: "SNSConfig",
  key: "sns_configs",
  label: "Amazon SNS",
  exclusive: { target: { required: true } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_url", type: STRING, templated: true },
    { key: "sigv4", type: structOf(SIGV4_CONFIG_STRUCT) },
    { key: "topic_arn", type: STRING, templated: true, exclusive: "target" },
    { key: "phone_number", type: STRING, templated: true, exclusive: "target" },
    { key: "target_arn", type: STRING, templated: true, exclusive: "target" },
    { key: "subject", type: STRING, templated: true, default: '{{ template "sns.default.subject" . }}' },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "sns.default.message" . }}',
      multiline: true,
    },
    { key: "attributes", type: mapOf(STRING), templated: true },
    { key: "use_aws_http_client", type: BOOL, since: "0.33" },
  ],
};
