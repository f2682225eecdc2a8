import { BOOL, enumOf, SECRET, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const WECHAT: IntegrationDefinition = {
  name: "WechatConfig",
  key: "wechat_configs",
  label: "WeChat",
  exclusive: { api_secret: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: false },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    {
      key: "api_secret",
      type: SECRET,
      templated: true,
      inherits: ["wechat_api_secret", "wechat_api_secret_file"],
      exclusive: "api_secret",
    },
    {
      key: "api_secret_file",
      type: STRING,
      inherits: ["wechat_api_secret", "wechat_api_secret_file"],
      since: "0.31",
      exclusive: "api_secret",
    },
    { key: "corp_id", type: STRING, templated: true, inherits: "wechat_api_corp_id" },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "wechat.default.message" . }}',
      multiline: true,
    },
    { key: "api_url", type: URL, inherits: "wechat_api_url" },
    { key: "to_user", type: STRING, templated: true, default: '{{ template "wechat.default.to_user" . }}' },
    { key: "to_party", type: STRING, templated: true, default: '{{ template "wechat.default.to_party" . }}' },
    { key: "to_tag", type: STRING, templated: true, default: '{{ template "wechat.default.to_tag" . }}' },
    { key: "agent_id", type: STRING, templated: true, default: '{{ template "wechat.default.agent_id" . }}' },
    { key: "message_type", type: enumOf("text", "markdown"), default: "text" },
  ],
};
