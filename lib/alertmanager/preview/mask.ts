import type { Header, HttpRequest, SmtpRequest } from "../notifications/request";

/** What stands for a secret while a request is built: it goes unchanged through addresses, JSON and encodings. */
export const SECRET_MARK = "sbxsecret7f3a91d4e0c8b526";
/** The same where only a number can stand. */
export const SECRET_NUMBER = "7203685477580719";

/** What people see of a secret. */
export const DOTS = "••••";
const MARKS = new RegExp(`${SECRET_MARK}|${SECRET_NUMBER}`, "g");

/** Whether a text holds a stand-in. */
function holdsSecret(text: string): boolean {
  return text.includes(SECRET_MARK) || text.includes(SECRET_NUMBER);
}

function masked(text: string): string {
  return text.replace(MARKS, DOTS);
}

/**
 * The request as it is shown: dots where a secret stands, also inside of what is encoded in a header or command. A length
 * that depends on a secret is not known either.
 */
export function maskSecrets<T extends HttpRequest | SmtpRequest>(request: T): T {
  if ("smtp" in request) {
    const commands = request.commands.map((line) => masked(line.replace(/^(AUTH PLAIN ).*$/s, `$1${DOTS}`)));
    return { ...request, commands, data: masked(request.data) };
  }
  const { host, path, headers, body } = request;
  const length = holdsSecret(body) ? DOTS : null;
  return {
    ...request,
    host: masked(host),
    path: masked(path),
    headers: headers.map((header) => maskedHeader(header, length)),
    body: masked(body),
  };
}

function maskedHeader([name, value]: Header, length: string | null): Header {
  if (name === "Content-Length" && length !== null) return [name, length];
  return [name, masked(value.replace(/^(Basic ).*$/s, `$1${DOTS}`))];
}
