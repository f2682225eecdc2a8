import { goQuote } from "./quote";

/** The parts that are shown of a URL, or upstream's text of what is wrong. */
export type UrlResult = { ok: true; scheme: string; host: string } | { ok: false; error: string };

/** Parses as Go's `net/url` and demands what Alertmanager demands of its URLs: http or https, and a host. */
export function checkUrl(text: string): UrlResult {
  const parsed = parseGoUrl(text);
  if (!parsed.ok) return { ok: false, error: `parse ${goQuote(text)}: ${parsed.error}` };
  if (parsed.scheme !== "http" && parsed.scheme !== "https") {
    return { ok: false, error: `unsupported scheme ${goQuote(parsed.scheme)} for URL` };
  }
  if (parsed.host === "") return { ok: false, error: "missing host for URL" };
  return parsed;
}

/** Go's `url.Parse` as far as scheme, authority and escapes; errors are those of the inner error. */
export function parseGoUrl(text: string): UrlResult {
  if (/\p{Cc}/u.test(text.replace(/[\u0080-\u009f]/g, ""))) return fail("net/url: invalid control character in URL");
  const hash = text.indexOf("#");
  const body = hash < 0 ? text : text.slice(0, hash);
  if (body === "*") return { ok: true, scheme: "", host: "" };
  const split = splitScheme(body);
  if (!split) return fail(body.startsWith(":") ? "missing protocol scheme" : "");
  const { scheme } = split;
  let rest = split.rest;
  const query = rest.indexOf("?");
  if (query >= 0) rest = rest.slice(0, query);
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { ok: true, scheme, host: "" };
    if (rest.split("/")[0]!.includes(":")) return fail("first path segment in URL cannot contain colon");
  }
  let host = "";
  if (rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"))) {
    const slash = rest.indexOf("/", 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? "" : rest.slice(slash);
    const at = authority.lastIndexOf("@");
    const problem = hostProblem(authority.slice(at + 1));
    if (problem) return fail(problem);
    if (at >= 0 && !/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(authority.slice(0, at))) {
      return fail("net/url: invalid userinfo");
    }
    host = authority.slice(at + 1);
  }
  const broken = badEscape(rest) ?? (hash < 0 ? null : badEscape(text.slice(hash + 1)));
  if (broken) return fail(`invalid URL escape ${goQuote(broken)}`);
  return { ok: true, scheme, host };
}

function fail(error: string): UrlResult {
  return { ok: false, error };
}

/** `null` where Go says "missing protocol scheme". */
function splitScheme(text: string): { scheme: string; rest: string } | null {
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (/[A-Za-z]/.test(char)) continue;
    if (/[0-9+\-.]/.test(char)) {
      if (index === 0) return { scheme: "", rest: text };
      continue;
    }
    if (char === ":")
      return index === 0 ? null : { scheme: text.slice(0, index).toLowerCase(), rest: text.slice(index + 1) };
    return { scheme: "", rest: text };
  }
  return { scheme: "", rest: text };
}

function badEscape(text: string): string | null {
  const match = /%(?![0-9a-fA-F]{2})/.exec(text);
  return match ? text.slice(match.index, match.index + 3) : null;
}

function hostProblem(host: string): string | null {
  if (host.startsWith("[")) {
    const end = host.lastIndexOf("]");
    if (end < 0) return "missing ']' in host";
    const port = host.slice(end + 1);
    if (!validPort(port)) return `invalid port ${goQuote(port)} after host`;
    // What names a zone may hold any escape.
    const zone = host.slice(0, end).indexOf("%25");
    return zone < 0 ? nameProblem(host) : nameProblem(host.slice(0, zone));
  }
  const colon = host.indexOf(":");
  if (colon >= 0 && !validPort(host.slice(host.lastIndexOf(":")))) {
    return `invalid port ${goQuote(host.slice(host.lastIndexOf(":")))} after host`;
  }
  return nameProblem(host);
}

function nameProblem(host: string): string | null {
  for (let index = 0; index < host.length; index++) {
    const char = host[index]!;
    if (char === "%") {
      const escaped = host.slice(index, index + 3);
      // A host may hold escapes of bytes beyond ASCII only, and a percent sign.
      if (!/^%(?:[89a-fA-F][0-9a-fA-F]|25)$/.test(escaped)) return `invalid URL escape ${goQuote(escaped)}`;
      index += 2;
    } else if (/[ \\^`{|}]/.test(char)) return `invalid character ${goQuote(char)} in host name`;
  }
  return null;
}

function validPort(port: string): boolean {
  return port === "" || /^:[0-9]*$/.test(port);
}
