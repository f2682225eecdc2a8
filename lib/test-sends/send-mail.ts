import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { hostname } from "node:os";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { afterFailure, type SmtpRequest } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { guardedSocket, requiresTls, tlsOptions } from "@/lib/resilience";
import type { TestRequestDto } from "./contract";
import type { MailSettings } from "./mail-settings";
import type { Redactor } from "./redact";
import { DEADLINE_MS, failureOf, type Sent } from "./send-http";
import { AUTH_METHOD, authenticate, authHandler } from "./smtp-auth";

const key = "email_configs";

/** A mail to the byte, but for what the program makes up for each, over a connection that was judged. */
export async function sendMail(request: SmtpRequest, settings: MailSettings, redactor: Redactor): Promise<Sent> {
  const { commands } = request;
  const [from = ""] = addressesIn(commands, "MAIL FROM");
  const to = addressesIn(commands, "RCPT TO");
  const data = withRandom(request.data, new Date());
  // As it goes over the wire, should the smarthost say it back.
  redactor.add(`${settings.identity}\0${settings.username}\0${settings.password}`);
  const began = performance.now();
  const dto = (rest: Pick<TestRequestDto, "status" | "response" | "error" | "next">): TestRequestDto => ({
    method: "SMTP",
    host: `${settings.host}:${settings.port}`,
    path: ` → ${to.join(", ")}`,
    durationMs: Math.round(performance.now() - began),
    ...rest,
  });
  try {
    const words = await conversation(settings, (smtp) => deliver(smtp, settings, { from, to, data }));
    const response = redactor.clip(words);
    return { dto: dto({ status: codeOf(words), response, error: null, next: "delivered" }), answer: null };
  } catch (error) {
    if (!(error instanceof SmtpRefusal))
      return { dto: dto({ status: null, response: "", ...failureOf(key, error, redactor) }), answer: null };
    const { reason, response, code } = error;
    const told = { reason, message: redactor.clip(error.message) };
    return {
      dto: dto({ status: code, response: redactor.clip(response), error: told, next: afterFailure(key) }),
      answer: null,
    };
  }
}

/** Signs in and leaves: the smarthost takes the credentials, and nobody gets a mail. */
export async function checkMail(settings: MailSettings): Promise<"works" | "unasked"> {
  return conversation(settings, async (smtp) => {
    const asked = settings.username !== "" && smtp.allowsAuth;
    await authenticate(smtp, settings);
    return asked ? "works" : "unasked";
  });
}

/** The smarthost, or what lies between, said no. */
export class SmtpRefusal extends Error {
  constructor(
    message: string,
    readonly reason: "tls" | "timeout" | "connection" | "protocol",
    readonly code: number | null = null,
    readonly response = "",
  ) {
    super(message);
  }
}

interface Mail {
  from: string;
  to: string[];
  data: string;
}

/** Greeting, EHLO and STARTTLS as the settings ask for it; then `say`, then QUIT. */
async function conversation<T>(settings: MailSettings, say: (smtp: SMTPConnection) => Promise<T>): Promise<T> {
  const { host, port, hello, requireTls, implicitTls, tls } = settings;
  if (requiresTls() && (!(implicitTls || requireTls) || tls.insecure))
    throw new AppError(
      "outbound_refused",
      `REQUIRE_TLS is set, and ${host} would get the mail without TLS that is verified.`,
    );
  const socket = await guardedSocket({ purpose: "test-sends", host, port, deadlineMs: DEADLINE_MS });
  const smtp: SMTPConnection = new SMTPConnection({
    connection: socket,
    host,
    port,
    name: hello,
    secure: implicitTls,
    ...(implicitTls ? {} : requireTls ? { requireTLS: true } : { ignoreTLS: true }),
    tls: { ...(isIP(host) ? {} : { servername: host }), ...tlsOptions(tls) },
    customAuth: { [AUTH_METHOD]: authHandler(settings, () => smtp.secure) },
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    maxResponseSize: 64 * 1024,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const late = new SmtpRefusal("The smarthost was too slow.", "timeout");
      timer = setTimeout(() => reject(late), DEADLINE_MS);
      smtp.on("error", (error: unknown) => reject(refusalOf(error)));
      smtp.connect((error) => {
        if (error) return reject(refusalOf(error));
        say(smtp).then(resolve, (failed: unknown) => reject(refusalOf(failed)));
      });
    });
  } finally {
    clearTimeout(timer);
    smtp.quit();
    setTimeout(() => socket.destroy(), 1_000).unref();
  }
}

async function deliver(smtp: SMTPConnection, settings: MailSettings, mail: Mail): Promise<string> {
  await authenticate(smtp, settings);
  const { from, to, data } = mail;
  const info = await new Promise<SMTPConnection.SentMessageInfo>((resolve, reject) => {
    smtp.send({ from, to, use8BitMime: true }, data, (error, sent) => (sent ? resolve(sent) : reject(error)));
  });
  // Alertmanager gives up at the first of these; here the others got theirs.
  if (info.rejected.length === 0) return info.response;
  throw new SmtpRefusal(`Not taken: ${info.rejected.join(", ")}`, "protocol", codeOf(info.response), info.response);
}

const REASONS: Readonly<Record<string, SmtpRefusal["reason"]>> = {
  ETLS: "tls",
  ETIMEDOUT: "timeout",
  ECONNECTION: "connection",
  ESOCKET: "connection",
};

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof SmtpRefusal || error instanceof AppError) return error;
  const field = (name: string): unknown => Reflect.get(error, name);
  const response = field("response");
  const words = typeof response === "string" ? response : "";
  const cause = `${String(field("code"))} ${error.message}`;
  const reason =
    /certificate|TLS|SSL/i.test(cause) && words === "" ? "tls" : (REASONS[String(field("code"))] ?? "protocol");
  return new SmtpRefusal(error.message, reason, codeOf(words), words);
}

function addressesIn(commands: readonly string[], command: string): string[] {
  return commands.flatMap((line) => (line.startsWith(`${command}:`) ? [/<(.*?)>/.exec(line)?.[1] ?? ""] : []));
}

/** In the places that the builder marks: what the program makes up for each mail. */
function withRandom(data: string, now: Date): string {
  const boundary = randomBytes(30).toString("hex");
  const id = `<${now.getTime()}.${randomBytes(8).readBigUInt64BE()}@${hostname()}>`;
  const end = data.indexOf("\r\n\r\n");
  const head = data
    .slice(0, end)
    .replace("\r\nMessage-Id: <VOLATILE>", `\r\nMessage-Id: ${id}`)
    .replace("\r\nDate: <VOLATILE>", `\r\nDate: ${now.toUTCString().replace("GMT", "+0000")}`)
    .replaceAll("-<DATE>@alertmanager>", `-${now.toISOString().slice(0, 10)}@alertmanager>`)
    .replace("boundary=BOUNDARY", `boundary=${boundary}`);
  return head + data.slice(end).replace(/^--BOUNDARY(--)?\r$/gm, (_, last = "") => `--${boundary}${last}\r`);
}

function codeOf(words: string): number | null {
  return Number(/^\d{3}/.exec(words)?.[0] ?? Number.NaN) || null;
}
