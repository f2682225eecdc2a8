import { openApiDocument } from "../openapi";
import { OPERATIONS, type Operation } from "../operations";

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#ddd, #333); --muted: light-dark(#555, #aaa); --code: light-dark(#f4f4f5, #1c1c1f); }
body { font: 14px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin-top: 2.5rem }
code, pre { font: 12px/1.5 ui-monospace, monospace } pre { background: var(--code); padding: .75rem; overflow: auto; max-height: 24rem }
details { border-top: 1px solid var(--line); padding: .5rem 0 } summary { cursor: pointer }
.method { display: inline-block; min-width: 4rem; font-weight: 600 } .muted { color: var(--muted) }
`;

/** The API for people: every operation with what goes in and what comes out. */
export function docsPage(nonce: string): string {
  const document = openApiDocument();
  const sections = document.tags.map(({ name, description }) => {
    const operations = OPERATIONS.filter(({ tag }) => tag === name);
    return `<section aria-labelledby="${name}"><h2 id="${name}">${escapeHtml(description)}</h2>${operations.map((operation) => entry(operation, document)).join("")}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Signalbox API</title><style nonce="${escapeHtml(nonce)}">${STYLE}</style></head>
<body><main><h1>Signalbox API</h1><p>${escapeHtml(document.info.description)}</p>
<p class="muted">Failures are problem documents (RFC 9457) with a <code>code</code> from a closed list. A change carries its version in
<code>ETag</code>; send it back in <code>If-Match</code>. The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
${sections.join("\n")}</main></body></html>`;
}

function entry(operation: Operation, document: ReturnType<typeof openApiDocument>): string {
  const { method, path, summary, versioned, status } = operation;
  const described = document.paths[path]?.[method.toLowerCase()];
  const needs = versioned ? ' <span class="muted">· needs If-Match</span>' : "";
  return `<details><summary><code><span class="method">${method}</span>${escapeHtml(path)}</code> ${escapeHtml(summary)}${needs}</summary>
<p class="muted">Answers ${status} when all is well.</p><pre tabindex="0">${escapeHtml(JSON.stringify(described, null, 2))}</pre></details>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
