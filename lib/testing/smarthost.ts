import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerAuthentication, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMail {
  from: string;
  to: string[];
  data: string;
  secure: boolean;
  auth: string | undefined;
}

export const USER = "signalbox";

/** A real smarthost that takes one password, remembers mails and refuses whom `refuses` names. */
export async function startSmarthost(password: string, options: SMTPServerOptions & { refuses?: string } = {}) {
  const received: ReceivedMail[] = [];
  const methods: string[] = [];
  const { refuses, ...rest } = options;
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    onAuth: (auth: SMTPServerAuthentication, _session, done) => {
      methods.push(auth.method);
      const right = auth.method === "CRAM-MD5" ? auth.validatePassword(password) : auth.password === password;
      if (right && auth.username === USER) done(null, { user: auth.method });
      else done(new Error(`Invalid password ${auth.password ?? ""}`));
    },
    onRcptTo: ({ address }, _session, done) => done(address === refuses ? new Error("No such mailbox") : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          data: Buffer.concat(chunks).toString("utf8"),
          secure: session.secure,
          auth: typeof session.user === "string" ? session.user : undefined,
        });
        done(null, "queued as 4711");
      });
    },
    ...rest,
  });
  // A client that leaves in the middle is no failure of the server.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, received, methods, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
