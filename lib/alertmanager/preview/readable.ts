import type { IntegrationKey, JsonObject, Path } from "../config/types";
import type { Trace } from "../notifications/trace";

/** What people read of a message, by fields of the integration. */
interface Readable {
  /** Blank, they are worth a word when somebody wrote a template for them. */
  fields: readonly string[];
  /** Of each group one must not be blank: the other side refuses the message, or there is nothing to be read. */
  needs: readonly (readonly string[])[];
  /** Whether that holds only while something fires. */
  whileFiring?: true;
}

const CARD = ["title", "text", "pretext", "fallback", "fields", "actions", "image_url"];

const READABLE: Readonly<Partial<Record<IntegrationKey, Readable>>> = {
  email_configs: { fields: ["headers.Subject", "html", "text"], needs: [["headers.Subject", "html", "text"]] },
  // Only a routing key and the event are asked of a resolve event.
  pagerduty_configs: { fields: [], needs: [["description"], ["severity"], ["source"]], whileFiring: true },
  opsgenie_configs: { fields: ["description"], needs: [["message"]], whileFiring: true },
  wechat_configs: { fields: [], needs: [["message"]] },
  slack_configs: { fields: ["title", "text", "message_text"], needs: [[...CARD, "message_text"]] },
  victorops_configs: { fields: ["state_message", "entity_display_name"], needs: [] },
  pushover_configs: { fields: ["title", "message"], needs: [] },
  sns_configs: { fields: [], needs: [["message"], ["subject"]] },
  telegram_configs: { fields: [], needs: [["message"]] },
  discord_configs: { fields: ["title", "message"], needs: [["title", "message", "content"]] },
  webex_configs: { fields: [], needs: [["message"]] },
  msteams_configs: { fields: ["title", "text"], needs: [["text", "summary"]] },
  msteamsv2_configs: { fields: ["title", "text"], needs: [["title", "text"]] },
  jira_configs: { fields: ["description"], needs: [["summary"], ["project"], ["issue_type"]] },
  rocketchat_configs: { fields: ["title", "text"], needs: [CARD] },
  mattermost_configs: { fields: ["title", "text"], needs: [[...CARD, "attachments"]] },
};

export interface Blank {
  path: Path;
  /** The message is refused, or nothing can be read of it. */
  mandatory: boolean;
}

/** The fields of a message that are blank and should not be. */
export function blanks(key: IntegrationKey, written: JsonObject, trace: Trace, firing: boolean): Blank[] {
  const readable = READABLE[key];
  // Behind an error everything is blank.
  if (!readable || trace.failed.length > 0) return [];
  const of = (name: string) => trace.rendered.filter(({ path }) => isOf(path, name));
  const isBlank = (name: string) => of(name).every(({ output }) => output.trim() === "");
  const found: Blank[] = [];
  for (const group of readable.whileFiring && !firing ? [] : readable.needs) {
    const rendered = group.filter((name) => of(name).length > 0);
    if (rendered.length === 0 || !rendered.every(isBlank)) continue;
    const name = rendered.find((one) => isWritten(written, one)) ?? rendered[0]!;
    found.push({ path: name.split("."), mandatory: true });
  }
  for (const name of readable.fields) {
    if (!isWritten(written, name) || of(name).length === 0 || !isBlank(name)) continue;
    if (!found.some(({ path }) => isOf(path, name))) found.push({ path: name.split("."), mandatory: false });
  }
  return found;
}

function isOf(path: Path, name: string): boolean {
  const steps = name.split(".");
  return steps.every((step, index) => path[index] === step);
}

function isWritten(integration: JsonObject, name: string): boolean {
  const [first = "", second] = name.split(".");
  const value = integration[first];
  if (second === undefined || typeof value !== "object" || value === null) return isText(value);
  return Object.entries(value).some(([key, item]) => key.toLowerCase() === second.toLowerCase() && isText(item));
}

function isText(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
