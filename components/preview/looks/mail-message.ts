import { withoutSecrets } from "./part";

/** What a mail program makes of the data that is handed to a smarthost. */
export interface MailMessage {
  /** In order, with their encoded words decoded. */
  headers: readonly (readonly [name: string, value: string])[];
  html: string | null;
  text: string | null;
}

export function mailMessage(data: string): MailMessage {
  const { headers, body } = entity(data);
  const found: { html: string | null; text: string | null } = { html: null, text: null };
  collect(headers, body, found, 0);
  return {
    headers: headers.map(([name, value]) => [name, withoutSecrets(decodedWords(value))]),
    html: found.html === null ? null : withoutSecrets(found.html),
    text: found.text === null ? null : withoutSecrets(found.text),
  };
}

export function headerOf(headers: MailMessage["headers"], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? "";
}

const MOST_NESTED = 5;

function collect(
  headers: MailMessage["headers"],
  body: string,
  found: { html: string | null; text: string | null },
  depth: number,
): void {
  const type = headerOf(headers, "Content-Type");
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(type);
  const limit = boundary?.[1] ?? boundary?.[2] ?? "";
  if (/^multipart\//i.test(type) && limit !== "" && depth < MOST_NESTED) {
    for (const part of partsOf(body, limit)) {
      const inner = entity(part);
      collect(inner.headers, inner.body, found, depth + 1);
    }
    return;
  }
  const text = decodedBody(body, headerOf(headers, "Content-Transfer-Encoding"));
  if (/^text\/html/i.test(type)) found.html ??= text;
  else if (type === "" || /^text\/plain/i.test(type)) found.text ??= text;
}

/** Head and body; lines of a head that begin with a blank go on from the one before. */
function entity(text: string): { headers: MailMessage["headers"]; body: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = text.startsWith("\r\n") ? "" : end ? text.slice(0, end.index) : text;
  const body = text.startsWith("\r\n") ? text.slice(2) : end ? text.slice(end.index + end[0].length) : "";
  const headers = head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const] : [];
    });
  return { headers, body };
}

function partsOf(body: string, boundary: string): string[] {
  const parts = `\r\n${body.replace(/\r?\n/g, "\r\n")}`.split(`\r\n--${boundary}`);
  const last = parts.findIndex((part, index) => index > 0 && part.startsWith("--"));
  return parts.slice(1, last < 0 ? undefined : last).map((part) => part.replace(/^[ \t]*\r\n/, ""));
}

function decodedBody(body: string, encoding: string): string {
  if (/^quoted-printable$/i.test(encoding)) return decodedQuotedPrintable(body);
  return /^base64$/i.test(encoding) ? decodedBase64(body) : body;
}

function decodedQuotedPrintable(body: string): string {
  return decodedEscapes(body.replace(/[ \t]+(?=\r?\n)/g, "").replace(/=\r?\n/g, ""));
}

/** `=C3=A9` and the characters between, as UTF-8. */
function decodedEscapes(text: string): string {
  return text.replace(/(?:=[0-9a-f]{2})+/gi, (run) => {
    const bytes = run.match(/[0-9a-f]{2}/gi)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
    return new TextDecoder().decode(new Uint8Array(bytes));
  });
}

function decodedBase64(text: string): string {
  try {
    const raw = atob(text.replace(/\s+/g, ""));
    return new TextDecoder().decode(Uint8Array.from(raw, (char) => char.charCodeAt(0)));
  } catch {
    return text;
  }
}

const WORD = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi;

/** Encoded words of RFC 2047. Blanks between two of them are no part of the text, and a character may be cut by their border. */
export function decodedWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?)/g, "$1");
  const runs = joined.replace(/\?==\?utf-8\?q\?/gi, "");
  return runs.replace(WORD, (written, charset: string, encoding: string, text: string) => {
    if (!/^(?:utf-8|us-ascii)$/i.test(charset)) return written;
    return /b/i.test(encoding) ? decodedBase64(text) : decodedEscapes(text.replaceAll("_", " "));
  });
}
