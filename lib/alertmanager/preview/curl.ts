import type { Header, HttpRequest, SmtpRequest } from "../notifications/request";
import { DOTS, SECRET_MARK, SECRET_NUMBER } from "./mask";

/** What curl sets by itself, as Alertmanager's client does. */
const BY_ITSELF = ["host", "content-length", "accept-encoding"];
const SECRETS = new RegExp(`(${SECRET_MARK}|${SECRET_NUMBER}|${DOTS})`);

/**
 * A request, also one that `maskSecrets` made, as a command for a POSIX shell that sends the same bytes. Secrets are asked
 * of the environment (`$SECRET`, `$PASSWORD`), and so is what the request does not hold: the keys that sign for AWS, the
 * smarthost of a mail (`$SMARTHOST`, host:port).
 */
export function asCurl(request: HttpRequest | SmtpRequest): string {
  return ("smtp" in request ? mailCommand(request) : httpCommand(request)).join(" \\\n  ");
}

function httpCommand({ method, scheme, host, path, headers, body }: HttpRequest): string[] {
  const signature = headers.find(([name, value]) => name === "Authorization" && value.startsWith("AWS4-"))?.[1];
  const given = headers.filter((header) => !BY_ITSELF.includes(header[0].toLowerCase()) && !isMadeUp(header));
  const names = given.map(([name]) => name.toLowerCase());
  // curl would add these; a name without a value leaves a header out.
  const without = ["Accept", ...(body === "" ? [] : ["Content-Type"])].filter(
    (name) => !names.includes(name.toLowerCase()),
  );
  return [
    `curl --globoff --request ${method} ${quoted(`${scheme}://${host}${path}`)}`,
    ...given.map(headerOption),
    ...without.map((name) => `--header ${quoted(`${name}:`)}`),
    ...(signature === undefined ? [] : signedAnew(signature)),
    ...(body === "" ? [] : [`--data-raw ${quoted(body)}`]),
  ];
}

/** Of a request to AWS: what is new each time, and the signature over it. */
function isMadeUp([name, value]: Header): boolean {
  return value.includes("<VOLATILE>") && name !== "User-Agent";
}

function signedAnew(signature: string): string[] {
  const region = /Credential=[^/]*\/[^/]*\/([^/]*)\//.exec(signature)?.[1] ?? "";
  return [`--aws-sigv4 ${quoted(`aws:amz:${region}:sns`)}`, '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"'];
}

function headerOption([name, value]: Header): string {
  if (name === "Authorization" && value.startsWith("Basic ")) return '--user "$USERNAME:$PASSWORD"';
  return `--header ${quoted(value === "" ? `${name};` : `${name}: ${value.replaceAll("<VOLATILE>", "")}`)}`;
}

function mailCommand({ commands, data }: SmtpRequest): string[] {
  const addresses = (verb: string) => commands.flatMap((line) => (line.startsWith(verb) ? [addressIn(line)] : []));
  return [
    `printf %s ${quoted(data)} | curl "smtp://$SMARTHOST"`,
    ...(commands.includes("STARTTLS") ? ["--ssl-reqd"] : []),
    ...(commands.some((line) => line.startsWith("AUTH ")) ? ['--user "$USERNAME:$PASSWORD"'] : []),
    ...addresses("MAIL FROM:").map((address) => `--mail-from ${quoted(address)}`),
    ...addresses("RCPT TO:").map((address) => `--mail-rcpt ${quoted(address)}`),
    "--upload-file -",
  ];
}

function addressIn(command: string): string {
  return /<(.*)>/.exec(command)?.[1] ?? "";
}

/** One word of the shell. Inside of single quotes nothing is special but the quote; secrets stand as a variable. */
function quoted(text: string): string {
  const parts = text.split(SECRETS).filter((part) => part !== "");
  return parts.map((part) => (SECRETS.test(part) ? '"$SECRET"' : single(part))).join("") || "''";
}

function single(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
