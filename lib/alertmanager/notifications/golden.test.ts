import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import type { PostedAlert } from "./alerts";
import { buildRequests } from "./build-requests";
import type { NotificationRequest } from "./request";

type Recorded = Record<string, unknown>;
interface Case {
  id: string;
  version: string;
  config: string;
  externalURL: string;
  files?: Record<string, string>;
  server?: { jiraExistingIssue?: { status?: string } };
  alerts: string;
  requests: Recorded[];
  errors?: string[];
  crash?: string;
}

const read = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), "utf8");
const alerts = JSON.parse(read("notifications-alerts.json")) as Record<string, PostedAlert[][]>;
const cases = read("notifications.jsonl")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** What the placeholders of the recording stood for. */
const SINK = "127.0.0.1:41234";
const PLACEHOLDERS: Record<string, string> = {
  "{HTTP}": `http://${SINK}`,
  "{HTTPHOST}": SINK,
  "{PROXY}": "http://127.0.0.1:41235",
  "{SMTP}": "127.0.0.1:41236",
  "{CA}": "ca.pem",
};
const filled = (text: string) => text.replace(/\{(?:HTTP|HTTPHOST|PROXY|SMTP|CA)\}/g, (name) => PLACEHOLDERS[name]!);
const emptied = (text: string) => text.replaceAll(SINK, "{HTTPHOST}");
const LONGEST_BODY = 150_000;

/** As the recording writes a request. */
function recorded(request: NotificationRequest): Recorded {
  if ("smtp" in request) return { ...request, data: sortedHeaders(request.data) };
  const { body, host, ...rest } = request;
  const shown = { ...rest, host: emptied(host) };
  const headers = request.headers.map(([name, value]) => [name, emptied(value)]);
  const bytes = Buffer.from(emptied(body));
  if (bytes.length <= LONGEST_BODY) return { ...shown, headers, body: emptied(body) };
  const bodySha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...shown, headers, bodySha256, bodyLength: bytes.length };
}

/** Headers of mails stand in the order of a Go map. */
function sortedHeaders(data: string): string {
  const end = data.indexOf("\r\n\r\n");
  return data.slice(0, end).split("\r\n").sort().join("\r\n") + data.slice(end);
}

function expected(request: Recorded): Recorded {
  const { bodyHead: _, ...rest } = request;
  return typeof rest.data === "string" ? { ...rest, data: sortedHeaders(rest.data) } : rest;
}

function answerOf({ version, config, externalURL, files = {}, server = {}, alerts: name }: Case) {
  let id = 0;
  const profile = profileFor(`alertmanager@${version}`);
  const parsed = parseConfig(filled(config), { profile, newId: () => `n${++id}` }).config!;
  const contents = Object.entries(files).map(([path, text]) => [path, filled(text)]);
  const built = buildRequests(parsed, profile, {
    ...{ phases: alerts[name]!, externalURL, server, repeats: 2 },
    files: Object.fromEntries(contents) as Record<string, string>,
  });
  const errors = built.failures
    .filter(({ retried }) => !retried)
    .map(
      ({ receiver, integration, index, message }) =>
        `${receiver}/${integration}[${index}]: notify retry canceled due to unrecoverable error after N attempts: ${message}`,
    );
  return {
    requests: built.requests.map(recorded),
    errors: [...new Set(errors)],
    crash: built.crash,
  };
}

/** The page of `email.default.html` is not among our default templates: mails that hold it are compared without. */
function holdsThePage({ requests }: Case): boolean {
  return requests.some(({ data }) => typeof data === "string" && data.includes("<!DOCTYPE html PUBLIC"));
}

describe("notifications are those of the recorded Alertmanager", () => {
  it.each(cases.filter((given) => !holdsThePage(given)))("$id", (given) => {
    const { requests, errors = [], crash } = given;
    expect(answerOf(given)).toEqual({ requests: requests.map(expected), errors, crash });
  });
});

/** A page of ours in the place of theirs; what comes at random is left out. */
const PAGE = '{{ define "email.default.html" }}PAGE{{ end }}';

function withoutPage(data: string): string {
  return data
    .replace(/\r\n\r\n[^-]*<!DOCTYPE html PUBLIC[\s\S]*(?=\r\n--BOUNDARY--)/, "\r\n\r\nPAGE")
    .replace(/^(?:Message-Id|Date): .*\r\n/gm, "");
}

describe("mails with the default page are those of the recorded Alertmanager but for the page", () => {
  it.each(cases.filter(holdsThePage))("$id", (given) => {
    const config = `templates: [page.tmpl]\n${given.config}`;
    const { requests } = answerOf({ ...given, config, files: { ...given.files, "page.tmpl": PAGE } });
    const bare = (list: Recorded[]) => list.map((mail) => ({ ...mail, data: withoutPage(String(mail.data)) }));
    expect(bare(requests)).toEqual(bare(given.requests.map(expected)));
  });

  it("judges all other cases to the byte", () => {
    expect([cases.length, cases.filter(holdsThePage).length]).toEqual([262, 13]);
  });
});
