/** How Go writes a URL that it has read: scheme in small letters, what must be escaped escaped. */
export interface UrlPrint {
  /** Append `/` to a path that does not end so, as Alertmanager does with some API addresses. */
  slash?: boolean;
  /** Show `xxxxx` for a password. */
  redacted?: boolean;
}

/** `url.URL.String()` of a text that `url.Parse` takes. */
export function printUrl(text: string, { slash = false, redacted = false }: UrlPrint = {}): string {
  const [body, fragment] = cut(text, "#");
  const scheme = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(body)?.[1] ?? "";
  const [rest, query] = cut(scheme === "" ? body : body.slice(scheme.length + 1), "?");
  const written = scheme === "" ? "" : `${scheme.toLowerCase()}:`;
  const tail =
    (query === undefined ? "" : `?${query}`) + (fragment ? `#${encoded(fragment, FRAGMENT, FRAGMENT_ALLOWED)}` : "");
  if (!rest.startsWith("//")) {
    if (scheme !== "" && !rest.startsWith("/")) return written + rest + tail;
    return written + pathOf(rest, slash) + tail;
  }
  const end = rest.indexOf("/", 2);
  const authority = end < 0 ? rest.slice(2) : rest.slice(2, end);
  const path = end < 0 ? "" : rest.slice(end);
  return `${written}//${authorityOf(authority, redacted)}${pathOf(path, slash)}${tail}`;
}

function cut(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

const UNRESERVED = /[A-Za-z0-9\-_.~]/;
const PATH = /[A-Za-z0-9\-_.~$&+,/:;=@]/;
const PATH_ALLOWED = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]/]|%[0-9A-Fa-f]{2})*$/;
const USER = /[A-Za-z0-9\-_.~$&+,;=]/;
const HOST = /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/;
const FRAGMENT = /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/;
const FRAGMENT_ALLOWED = /^(?:[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]/?]|%[0-9A-Fa-f]{2})*$/;

function pathOf(path: string, slash: boolean): string {
  if (!slash || bytesOf(path).at(-1) === 0x2f) return encoded(path, PATH, PATH_ALLOWED);
  return escapeBytes([...bytesOf(path), 0x2f], PATH);
}

/** As written where that is a valid way of writing it, escaped anew otherwise. */
function encoded(text: string, plain: RegExp, allowed: RegExp): string {
  return allowed.test(text) ? text : escapeBytes(bytesOf(text), plain);
}

function authorityOf(authority: string, redacted: boolean): string {
  const at = authority.lastIndexOf("@");
  const host = escapeBytes(bytesOf(authority.slice(at + 1)), HOST);
  if (at < 0) return host;
  const [user, password] = cut(authority.slice(0, at), ":");
  const shown = escapeBytes(bytesOf(user), USER);
  if (password === undefined) return `${shown}@${host}`;
  return `${shown}:${redacted ? "xxxxx" : escapeBytes(bytesOf(password), USER)}@${host}`;
}

/** The bytes that a text with `%xx` stands for. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let index = 0; index < text.length; ) {
    const hex = /^%([0-9A-Fa-f]{2})/.exec(text.slice(index, index + 3))?.[1];
    const rune = String.fromCodePoint(text.codePointAt(index)!);
    // A byte that is no UTF-8.
    if (/^[\udc80-\udcff]$/u.test(rune)) bytes.push(rune.charCodeAt(0) - 0xdc00);
    else if (hex === undefined) bytes.push(...encoder.encode(rune));
    else bytes.push(Number.parseInt(hex, 16));
    index += hex === undefined ? rune.length : 3;
  }
  return bytes;
}

function escapeBytes(bytes: readonly number[], plain: RegExp): string {
  return bytes
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return byte < 0x80 && (UNRESERVED.test(char) || plain.test(char))
        ? char
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
