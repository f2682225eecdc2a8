import {
  asCurl,
  type CasePreview,
  type IntegrationPreview,
  maskSecrets,
  type PreviewWarning,
  type ReceiverPreview,
  SECRET_MARK,
} from "@/lib/alertmanager";
import { printPath } from "./print-path";

export type PreviewFormat = "text" | "json" | "curl";

/** Nothing that is printed holds a secret. */
export const PREVIEW_FORMATS: Record<PreviewFormat, (preview: ReceiverPreview) => string> = {
  text: (preview) => sections(preview, "", requestText),
  curl: (preview) => sections(preview, "# ", (request) => ("smtp" in request ? NO_CURL : `${asCurl(request)}\n`)),
  json: (preview) => withoutMarks(`${JSON.stringify(masked(preview))}\n`),
};

const NO_CURL = "# A mail goes by SMTP: see --format text.\n";

type Request = CasePreview["requests"][number];

function masked(preview: ReceiverPreview): ReceiverPreview {
  const integrations = preview.integrations.map((integration) => ({
    ...integration,
    cases: integration.cases.map((one) => ({ ...one, requests: one.requests.map(maskSecrets) })),
  }));
  return { ...preview, integrations };
}

/** Errors quote addresses. */
function withoutMarks(text: string): string {
  return text.replaceAll(SECRET_MARK, "••••");
}

function sections(preview: ReceiverPreview, mark: string, print: (request: Request) => string): string {
  const all = masked(preview).integrations.flatMap((integration) =>
    integration.cases.map(
      (one) =>
        [heading(integration, one), ...said(one)].map((line) => `${mark}${line}\n`).join("") +
        one.requests.map((request) => `\n${print(request)}`).join(""),
    ),
  );
  return all.length > 0 ? withoutMarks(all.join("\n")) : `${mark}It sends nothing.\n`;
}

function heading({ key, index }: IntegrationPreview, { case: name, outcome }: CasePreview): string {
  return `── ${key}[${index}] · ${name} · ${outcome}`;
}

/** Whatever people should know beside the requests. */
function said({ failure, crash, warnings }: CasePreview): string[] {
  return [
    ...(failure
      ? [`error: ${failure.message} (${failure.retried ? "it would be tried again" : "it would be given up"})`]
      : []),
    ...(crash === undefined ? [] : [`the Alertmanager would die: ${crash}`]),
    ...warnings.map((warning) => `warning: ${words(warning)}`),
  ].map((line) => line.replaceAll("\n", " "));
}

function words({ code, path, message }: PreviewWarning): string {
  const field = printPath(path);
  if (code === "blank") return `${field} is empty`;
  if (code === "truncated") return `${field} is too long and is cut`;
  return `the template of ${field} fails, and nothing says so: ${message ?? ""}`;
}

function requestText(request: Request): string {
  if ("smtp" in request) {
    const page = request.approximation ? "approximation: the page of the mail is not that of the target\n\n" : "";
    return `${page}${request.commands.join("\n")}\n\n${request.data.replaceAll("\r\n", "\n")}\n`;
  }
  const { method, scheme, host, path, headers, body } = request;
  const head = [`${method} ${scheme}://${host}${path}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return `${head.join("\n")}\n${body === "" ? "" : `\n${body.endsWith("\n") ? body : `${body}\n`}`}`;
}
