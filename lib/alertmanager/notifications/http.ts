import { type Held, isLoaded } from "../config/resolve/load";
import { encodeBase64 } from "../go/base64";
import { type Bytes, toBytes } from "../go/bytes";
import { canonicalHeader } from "../go/header";
import { printUrl } from "../go/url-string";
import { compareBytes } from "../go/value";
import type { TargetProfile } from "../profiles";
import type { Header, HttpRequest } from "./request";
import type { Settings } from "./settings";

/** What a builder asks to be sent; the rest follows from `http_config` and the version. */
export interface Draft {
  method?: HttpRequest["method"];
  url: string;
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent behind all others, as the transport of Go adds it. */
  last?: readonly Header[];
}

/** The versions that stand for a minor one. */
const PATCHES: Readonly<Record<string, string>> = { "0.28": "1", "0.30": "1", "0.31": "1", "0.33": "1" };

export function userAgent({ version }: TargetProfile): string {
  return `Alertmanager/${version}.${PATCHES[version] ?? "0"}`;
}

/** Scheme, host and path with query, as they go into a request. */
export function splitUrl(url: string): { scheme: string; user: string | null; host: string; path: string } {
  const printed = printUrl(url).replace(/#.*$/s, "");
  const [, scheme = "", authority = "", rest = ""] = /^([^:/?]*):\/\/([^/?]*)(.*)$/s.exec(printed) ?? [];
  const at = authority.lastIndexOf("@");
  const path = rest.startsWith("/") ? rest : `/${rest}`;
  return { scheme, user: at < 0 ? null : authority.slice(0, at), host: authority.slice(at + 1), path };
}

/** The request with its headers in the order in which Go writes them: first its own three, then by name. */
export function completeRequest(
  { method = "POST", url, body = "", headers = {}, last = [] }: Draft,
  http: Settings,
  agent: string,
  read: (path: string) => string,
): HttpRequest {
  const { scheme, user, host, path } = splitUrl(url);
  const named: Header[] = Object.entries(headers).filter(([name]) => name !== "User-Agent");
  const credentials = authorization(http, user, read);
  if (credentials && !named.some(([name]) => name === "Authorization")) named.push(["Authorization", credentials]);
  named.push(...ownHeaders(http, read));
  named.sort(([left], [right]) => compareBytes(left, right));
  const length = toBytes(body).length;
  return {
    method,
    scheme,
    host,
    path: path.toWellFormed(),
    headers: [
      ["Host", host],
      ["User-Agent", headers["User-Agent"] ?? agent],
      ...(method === "GET" ? [] : [["Content-Length", String(length)] as const]),
      ...named.map(([name, value]) => [name, value.toWellFormed()] as const),
      ...last,
    ],
    body: body.toWellFormed(),
  };
}

function authorization(http: Settings, user: string | null, read: (path: string) => string): string | null {
  if (http.has("basic_auth")) {
    const basic = http.part("basic_auth");
    const part = (key: string) =>
      basic.text(`${key}_file`) ? read(basic.text(`${key}_file`)).trim() : basic.text(key);
    return `Basic ${encodeBase64(toBytes(`${part("username")}:${part("password")}`), "standard")}`;
  }
  if (http.has("authorization")) {
    const text = (key: string) => http.part("authorization").text(key);
    const secret = text("credentials_file") ? read(text("credentials_file")).trim() : text("credentials");
    return `${text("type") || "Bearer"} ${secret}`;
  }
  if (user === null) return null;
  const [name = "", ...password] = user.split(":");
  const plain = `${unescaped(name)}:${unescaped(password.join(":"))}`;
  return `Basic ${encodeBase64(plain, "standard")}`;
}

/** The bytes that a part of an address stands for. */
function unescaped(text: string): Bytes {
  return toBytes(text).replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** `http_headers`: values, then secrets, then files. */
function ownHeaders(http: Settings, read: (path: string) => string): Header[] {
  const headers = http.part("http_headers").values;
  return Object.entries(headers).flatMap(([name, held]) => {
    if (!isLoaded(held)) return [];
    const texts = (key: string) => (Array.isArray(held[key]) ? (held[key] as Held[]).map(String) : []);
    const values = [...texts("values"), ...texts("secrets"), ...texts("files").map((path) => read(path).trim())];
    return values.map((value): Header => [canonicalHeader(name), value]);
  });
}
