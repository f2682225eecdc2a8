import { BOOL, SECRET_URL, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const DISCORD: IntegrationDefinition = {
  name: "DiscordConfig",
  key: "discord_configs",
  label: "Discord",
  exclusive: { webhook_url: { required: true } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "webhook_url", type: SECRET_URL, exclusive: "webhook_url" },
    { key: "webhook_url_file", type: STRING, since: "0.27", exclusive: "webhook_url" },
    { key: "content", type: STRING, templated: true, since: "0.28", multiline: true },
    { key: "title", type: STRING, templated: true, default: '{{ template "discord.default.title" . }}' },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "discord.default.message" . }}',
      multiline: true,
    },
    { key: "username", type: STRING, since: "0.28" },
    { key: "avatar_url", type: STRING, since: "0.28" },
  ],
};
