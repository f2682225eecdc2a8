import { isIP } from "node:net";
import { createTransport } from "nodemailer";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { guardedSocket, requiresTls, strongTls } from "@/lib/resilience";

const DEADLINE_MS = 20_000;

export interface Mail {
  /** One address, without a name. */
  to: string;
  subject: string;
  text: string;
}

const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}*$/u, "must be one line");
const mailSchema = z.object({ to: line(320).pipe(z.email()), subject: line(300), text: z.string().max(100_000) });

export function mailConfigured(): boolean {
  return env().SMTP_URL !== undefined;
}

/**
 * Returns when the smarthost took it.
 * @throws AppError `mail_failed`, also where no smarthost is set; `invalid_input` for what would be a second header
 */
export async function sendMail(mail: Mail): Promise<void> {
  const parsed = mailSchema.safeParse(mail);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new AppError("invalid_input", `Mail: ${String(first?.path[0])}: ${first?.message}`);
  }
  const { SMTP_URL: url, MAIL_FROM: from } = env();
  if (url === undefined || from === undefined) throw new AppError("mail_failed", "This installation sends no mails.");
  const { to, subject, text } = parsed.data;
  const { host, port, options } = smarthostOf(new URL(url));
  const signal = AbortSignal.timeout(DEADLINE_MS);
  try {
    const connection = await guardedSocket({ purpose: "mail", host, port, deadlineMs: DEADLINE_MS });
    // Of a connection that breaks when everything is said.
    connection.on("error", () => undefined);
    const transport = createTransport({ ...options, connection, disableFileAccess: true, disableUrlAccess: true });
    try {
      const headers = { "Auto-Submitted": "auto-generated" };
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text, headers, signal });
    } finally {
      transport.close();
      setTimeout(() => connection.destroy(), 1_000).unref();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const { message, code, responseCode } = factsOf(cause);
    logger("mail").warn({ code, responseCode, message: withoutPassword(message, url) }, "a mail was not sent");
    throw new AppError(
      "mail_failed",
      "The mail could not be sent. An operator finds the reason in the log.",
      {},
      { cause },
    );
  }
}

function smarthostOf(url: URL) {
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port) || (secure ? 465 : 587);
  const [user, pass] = [url.username, url.password].map(decodeURIComponent);
  const options = {
    host,
    port,
    secure,
    ...(user ? { auth: { user, pass } } : {}),
    requireTLS: !secure && (user !== "" || requiresTls()),
    tls: { ...strongTls(), ...(isIP(host) ? {} : { servername: host }) },
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
  };
  return { host, port, options };
}

function factsOf(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error), code: undefined, responseCode: undefined };
  const field = (name: string): unknown => Reflect.get(error, name);
  return { message: error.message, code: field("code"), responseCode: field("responseCode") };
}

/** A smarthost may say back what it was told. */
function withoutPassword(text: string, url: string): string {
  const password = decodeURIComponent(new URL(url).password);
  return password === "" ? text : text.replaceAll(password, "…");
}
