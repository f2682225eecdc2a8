import { toBytes, toBytesMarked } from "../go/bytes";
import { compareBytes } from "../go/value";
import { queryEscape } from "../templates/builtins";
import { splitUrl } from "./http";
import type { Notification } from "./notification";

/** The address of a webhook, or the one in its file. */
export function webhookUrl({ settings, readFile }: Notification, prefix = ""): string {
  return settings.url("webhook_url") || readFile(settings.text("webhook_url_file"), prefix).trim();
}

/** An address with more behind its path; `/` is put between where Go's `JoinPath` does, with `join`. */
export function appendPath(url: string, more: string, { join = false } = {}): string {
  const { scheme, user, host, path } = splitUrl(url);
  const at = path.indexOf("?");
  const [before, query] = at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at)];
  const start = join ? `${before.replace(/\/+$/, "")}/` : before;
  // What is a character of the path must not be read as the end of it.
  const escaped = more.replace(/[%?#]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${scheme}://${user === null ? "" : `${user}@`}${host}${start}${escaped}${query}`;
}

/** `url.Values` as Go encodes them: sorted by their names. */
export function encodeQuery(values: readonly (readonly [string, string])[]): string {
  return [...values]
    .sort(([left], [right]) => compareBytes(toBytes(left), toBytes(right)))
    .map(([name, value]) => `${queryText(name)}=${queryText(value)}`)
    .join("&");
}

function queryText(text: string): string {
  return queryEscape(toBytesMarked(text));
}

/** The same for a value in bytes that need not be UTF-8. */
export function escapeBytes(text: string, most: number): { escaped: string; cut: boolean } {
  const bytes = toBytes(text);
  return { escaped: queryEscape(bytes.slice(0, most)), cut: bytes.length > most };
}
