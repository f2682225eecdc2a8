import { BOOL, enumOf, goNamed, INT, SECRET, STRING, structOf, URL } from "../../field-types";
import type { IntegrationDefinition } from "../../fields";
import { HTTP_CONFIG_STRUCT } from "../http-config";

export const TELEGRAM: IntegrationDefinition = {
  name: "TelegramConfig",
  key: "telegram_configs",
  label: "Telegram",
  exclusive: { bot_token: { required: false }, chat_id: { required: true } },
  fields: [
    { key: "send_resolved", type: BOOL, default: true },
    { key: "http_config", type: structOf(HTTP_CONFIG_STRUCT), inherits: "http_config" },
    { key: "api_url", type: URL, inherits: "telegram_api_url" },
    {
      key: "bot_token",
      type: SECRET,
      inherits: ["telegram_bot_token", "telegram_bot_token_file"],
      exclusive: "bot_token",
    },
    {
      key: "bot_token_file",
      type: STRING,
      inherits: ["telegram_bot_token", "telegram_bot_token_file"],
      since: "0.26",
      exclusive: "bot_token",
    },
    { key: "chat_id", type: INT, exclusive: "chat_id" },
    { key: "chat_id_file", type: STRING, since: "0.31", exclusive: "chat_id" },
    { key: "message_thread_id", type: goNamed(INT, "int"), since: "0.28" },
    {
      key: "message",
      type: STRING,
      templated: true,
      default: '{{ template "telegram.default.message" . }}',
      multiline: true,
    },
    { key: "disable_notifications", type: BOOL },
    { key: "parse_mode", type: enumOf("", "Markdown", "MarkdownV2", "HTML"), default: "HTML" },
  ],
};
