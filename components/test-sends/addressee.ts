import { type Integration, isSecretRef, type Json, type SecretFactsByRef } from "@/lib/alertmanager";

/** What names somebody, the most telling first. */
const NAMES = ["channel", "to", "chat_id", "room_id", "to_user", "to_party", "topic_arn", "phone_number", "target_arn"];
const MORE = ["routing_key", "project", "routing_key_name", "url", "webhook_url", "api_url"];

/** Who will get it, as far as the integration says so without its secrets. */
export function addressee(integration: Integration, secrets: SecretFactsByRef): string {
  for (const name of [...NAMES, ...MORE]) {
    const shown = shownValue(integration[name], secrets);
    if (shown !== "") return shown;
  }
  return "";
}

function shownValue(value: Json | undefined, secrets: SecretFactsByRef): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string" || value === "") return "";
  if (isSecretRef(value)) return secrets[value]?.host ?? "";
  if (/^https?:/i.test(value)) return URL.canParse(value) ? new URL(value).host : "";
  return value;
}
