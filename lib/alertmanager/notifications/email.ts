import { encodeBase64 } from "../go/base64";
import { toBytes } from "../go/bytes";
import { goQuote } from "../go/quote";
import { goRelease } from "../templates/go-release";
import { parseAddresses } from "./mail-address";
import { PAGE } from "./mail-page";
import { encodeHeader, quotedPrintable } from "./mime";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

/** What the program makes up for each mail. */
const VOLATILE = "<VOLATILE>";
const BOUNDARY = "BOUNDARY";
const DATE = "<DATE>";

/** The smarthost is taken to offer 8BITMIME, STARTTLS and AUTH PLAIN. */
export function email(notification: Notification): void {
  const { settings } = notification;
  const render = rendererOf(notification);
  const from = render(settings.text("from"), "'from' template");
  const to = render(settings.text("to"), "'to' template");
  const release = goRelease(notification.profile);
  const sender = addresses(from, "from", release);
  if (sender.length !== 1) throw new NotifyError(`must be exactly one 'from' address (got: ${sender.length})`);
  const recipients = addresses(to, "to", release);
  const commands = [
    ...greeting(notification),
    `MAIL FROM:<${sender[0]}> BODY=8BITMIME`,
    ...recipients.map((address) => `RCPT TO:<${address}>`),
    "DATA",
    "QUIT",
  ];
  const approximation = notification.run.approximatedPage && settings.text("html").includes(PAGE);
  const send = (data: string) =>
    notification.mail({ smtp: true, commands, data, ...(approximation ? { approximation } : {}) });
  let head = "";
  try {
    head = headersOf(notification, render) + ownHeaders(notification);
    send(head + parts(notification, render));
  } catch (error) {
    // The program has begun to hand the mail over: what it has written by then is delivered.
    if (error instanceof NotifyError) send(head === "" ? "\r\n" : head);
    throw error;
  }
}

function headersOf({ settings }: Notification, render: Render): string {
  const lines = settings.entries("headers").map(([name, template]) => {
    const value = render(template, `${goQuote(name)} header template`);
    return `${name}: ${encodeHeader(value)}\r\n`;
  });
  return lines.join("");
}

type Render = (template: string, name: string, kind?: "text" | "html") => string;

/** @throws NotifyError `execute NAME: …` */
function rendererOf(notification: Notification): Render {
  return (template, name, kind = "text") => {
    const renderer = notification.renderer();
    const text = kind === "html" ? renderer.html(template) : renderer.text(template);
    if (renderer.error !== null) throw new NotifyError(`execute ${name}: ${renderer.error}`);
    return text;
  };
}

function addresses(text: string, name: string, release: number): string[] {
  const parsed = parseAddresses(text, release);
  if (!parsed.ok) throw new NotifyError(`parse '${name}' addresses: ${parsed.error}`);
  return parsed.addresses;
}

function greeting({ settings, readFile }: Notification): string[] {
  const hello = `EHLO ${settings.text("hello") || "localhost"}`;
  const port = settings.text("smarthost").replace(/^.*:/, "");
  const implicit = settings.has("force_implicit_tls") ? settings.flag("force_implicit_tls") : port === "465";
  const encrypted = settings.flag("require_tls") && !implicit ? ["STARTTLS", hello] : [];
  const user = settings.text("auth_username");
  const file = settings.text("auth_password_file");
  const password = file === "" ? settings.text("auth_password") : readFile(file, `could not read ${file}: `).trim();
  if (user === "" || password === "") return [hello, ...encrypted];
  const secret = `${settings.text("auth_identity")}\0${user}\0${password}`;
  return [hello, ...encrypted, `AUTH PLAIN ${encodeBase64(toBytes(secret), "standard")}`];
}

function ownHeaders({ settings, route }: Notification): string {
  const threading = settings.part("threading");
  const day = threading.text("thread_by_date") === "none" ? "" : DATE;
  const root = `<alert-${route.hash.slice(0, 16)}-${day}@alertmanager>`;
  const lines = [
    ...(settings.entries("headers").some(([name]) => name === "Message-Id") ? [] : [`Message-Id: ${VOLATILE}`]),
    ...(threading.flag("enabled") ? [`References: ${root}`, `In-Reply-To: ${root}`] : []),
    `Date: ${VOLATILE}`,
    `Content-Type: multipart/alternative;  boundary=${BOUNDARY}`,
    "MIME-Version: 1.0",
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function parts({ settings }: Notification, render: Render): string {
  const part = (kind: "text" | "html") => {
    const template = settings.text(kind);
    if (template === "") return [];
    const type = kind === "text" ? "text/plain" : "text/html";
    const head = `Content-Transfer-Encoding: quoted-printable\r\nContent-Type: ${type}; charset=UTF-8\r\n\r\n`;
    return [head + quotedPrintable(render(template, `${kind} template`, kind))];
  };
  const all = [...part("text"), ...part("html")].map(
    (text, index) => `${index === 0 ? "" : "\r\n"}--${BOUNDARY}\r\n${text}`,
  );
  return `${all.join("")}\r\n--${BOUNDARY}--\r\n`;
}
