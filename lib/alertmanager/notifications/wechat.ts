import { appendPath, encodeQuery } from "./address";
import { fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

/** What WeChat is taken to answer. */
const TOKEN = "tok";

export function wechat(notification: Notification): void {
  const { settings, memory, profile } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const api = settings.url("api_url");
  // A token is asked for once and kept for two hours.
  if (!memory.get("token")) {
    const file = settings.text("api_secret_file");
    const secret = file === "" ? settings.text("api_secret") : notification.readFile(file).trim();
    const query = encodeQuery([
      ["corpsecret", renderer.text(secret)],
      ["corpid", text("corp_id")],
    ]);
    // Since 0.31 another error hides this one here, and the token is asked for all the same.
    if (renderer.error !== null && !profile.reaches("0.31"))
      throw new NotifyError(`templating error: ${renderer.error}`);
    notification.send({ method: "GET", url: `${appendPath(withoutQuery(api), "gettoken")}?${query}` });
    memory.set("token", notification.answer()?.text("access_token") ?? TOKEN);
  }
  const start = { touser: filled(text("to_user")), toparty: filled(text("to_party")), totag: filled(text("to_tag")) };
  const agent = text("agent_id");
  const type = settings.text("message_type");
  const content = text("message");
  if (renderer.error !== null) throw new NotifyError(`templating error: ${renderer.error}`);
  const body = fields({
    text: fields({ content: type === "markdown" ? "" : content }),
    ...start,
    agentid: filled(agent),
    safe: "0",
    msgtype: filled(type),
    markdown: fields({ content: type === "markdown" ? content : "" }),
  });
  const url = `${appendPath(withoutQuery(api), "message/send")}?${encodeQuery([["access_token", memory.get("token") ?? ""]])}`;
  notification.send({ url, body: jsonBody(body), headers: { "Content-Type": "application/json" } });
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, "");
}
