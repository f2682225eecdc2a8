import { createHmac } from "node:crypto";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailSettings } from "./mail-settings";

type Context = SMTPConnection.CustomAuthenticationContext;
type Credentials = Pick<MailSettings, "host" | "username" | "password" | "secret" | "identity">;

/** The name under which our own way is handed to the library. */
export const AUTH_METHOD = "ALERTMANAGER";

/** Who the smarthost may be without encryption before PLAIN sends a password. */
const LOCAL = new Set(["localhost", "127.0.0.1", "::1"]);

/** Nothing where Alertmanager does nothing: no name, or a smarthost without AUTH. */
export function authenticate(smtp: SMTPConnection, { username }: MailSettings): Promise<void> {
  if (username === "" || !smtp.allowsAuth) return Promise.resolve();
  return new Promise((resolve, reject) => {
    smtp.login({ method: AUTH_METHOD, user: username }, (error) => (error ? reject(error) : resolve()));
  });
}

/** As Alertmanager chooses: CRAM-MD5 with a secret, PLAIN or LOGIN with a password. */
export function authHandler(settings: Credentials, isSecure: () => boolean) {
  return async (context: Context): Promise<void> => {
    const { authMethods } = context;
    if (settings.secret !== "" && authMethods.includes("CRAM-MD5")) return cramMd5(context, settings);
    if (settings.password !== "" && authMethods.includes("PLAIN")) return plain(context, settings, isSecure());
    if (settings.password !== "" && authMethods.includes("LOGIN")) return login(context, settings);
    context.reject(
      `It offers ${authMethods.join(", ") || "no method that is known"}, and there is no credential for that`,
    );
  };
}

const encoded = (text: string) => Buffer.from(text, "utf8").toString("base64");

async function plain(
  context: Context,
  { host, username, password, identity }: Credentials,
  secure: boolean,
): Promise<void> {
  if (!secure && !LOCAL.has(host)) return context.reject("PLAIN would send the password unencrypted");
  finish(context, (await context.sendCommand(`AUTH PLAIN ${encoded(`${identity}\0${username}\0${password}`)}`)).status);
}

async function login(context: Context, { username, password }: Credentials): Promise<void> {
  for (const command of ["AUTH LOGIN", encoded(username)]) {
    const { status } = await context.sendCommand(command);
    if (status !== 334) return context.reject("Not signed in");
  }
  finish(context, (await context.sendCommand(encoded(password))).status);
}

async function cramMd5(context: Context, { username, secret }: Credentials): Promise<void> {
  const { status, text } = await context.sendCommand("AUTH CRAM-MD5");
  if (status !== 334) return context.reject("Not signed in");
  const digest = createHmac("md5", secret).update(Buffer.from(text.trim(), "base64")).digest("hex");
  finish(context, (await context.sendCommand(encoded(`${username} ${digest}`))).status);
}

function finish(context: Context, status: number): void {
  if (status === 235) context.resolve();
  else context.reject("Not signed in");
}
