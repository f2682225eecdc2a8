import type { HttpRequest } from "../notifications/request";

/** What curl sets by itself, as Alertmanager's client does. */
const BY_ITSELF = ["host", "content-length"];

/**
 * A request as a command for a POSIX shell that sends the same bytes. It is put together of what it is given: pass what
 * `maskSecrets` made of a request, and dots stand where a person has to put the secret.
 */
export function curlCommand({ method, scheme, host, path, headers, body }: HttpRequest): string {
  const given = headers.filter(([name]) => !BY_ITSELF.includes(name.toLowerCase()));
  const names = given.map(([name]) => name.toLowerCase());
  // curl would add these; a name without a value leaves a header out.
  const without = ["Accept", ...(body === "" ? [] : ["Content-Type"])].filter(
    (name) => !names.includes(name.toLowerCase()),
  );
  const parts = [
    `curl --globoff --request ${method} ${quoted(`${scheme}://${host}${path}`)}`,
    ...given.map(([name, value]) => `--header ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`),
    ...without.map((name) => `--header ${quoted(`${name}:`)}`),
    ...(body === "" ? [] : [`--data-raw ${quoted(body)}`]),
  ];
  return parts.join(" \\\n  ");
}

/** Inside of single quotes nothing is special to a shell but the quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
