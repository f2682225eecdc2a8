import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { docsPage } from "./docs/docs-page";
import { openApiDocument } from "./openapi";
import { OPERATIONS } from "./operations";

const HERE = import.meta.dirname;
/** Not part of the documented API: sign-in belongs to its library, the documentation documents itself. */
const APART = /^(auth|openapi\.json|docs)(\/|$)/;

function routes(): string[] {
  return globSync("**/route.ts", { cwd: HERE })
    .filter((file) => !APART.test(file))
    .flatMap((file) => {
      const folder = path.posix.dirname(file.replaceAll(path.sep, "/"));
      const url = `/api/${folder.replaceAll(/\[(?:\.{3})?(\w+)\]/g, "{$1}")}`.replace(/\/\.$/, "");
      const source = readFileSync(path.join(HERE, file), "utf8");
      const methods = source.matchAll(/^export (?:const|async function|function) (GET|POST|PUT|DELETE|PATCH)\b/gm);
      return [...methods].map(([, method]) => `${method} ${url}`);
    })
    .sort();
}

describe("operations", () => {
  it("has an operation for every route file, and a route file for every operation", () => {
    expect(routes()).toEqual(OPERATIONS.map(({ method, path: url }) => `${method} ${url}`).sort());
  });

  it("names every operation once", () => {
    const ids = Object.values(openApiDocument().paths).flatMap((item) =>
      Object.values(item).map((operation) => (operation as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(OPERATIONS.length);
  });

  it("passes the pattern of its own file to the wrapper", () => {
    for (const file of globSync("[[]tenant]/**/route.ts", { cwd: HERE })) {
      const folder = path.posix.dirname(file.replaceAll(path.sep, "/")).replace("[tenant]", "");
      const source = readFileSync(path.join(HERE, file), "utf8");
      if (!source.includes("tenantRoute(")) continue;
      expect(source, file).toContain(`"${folder.replaceAll(/\[(?:\.{3})?(\w+)\]/g, "{$1}")}"`);
    }
  });

  it("describes bodies and answers in JSON Schema", () => {
    const put = openApiDocument().paths["/api/{tenant}/changes/{id}/document"]?.put;
    expect(JSON.stringify(put)).toContain("If-Match");
    expect(JSON.stringify(put)).toContain('"source"');
  });

  it("says that SCIM takes its own tokens and fails in its own way", () => {
    const patch = openApiDocument().paths["/api/{tenant}/scim/v2/Users/{id}"]?.patch;
    expect(patch).toMatchObject({
      security: [{ token: [] }],
      requestBody: { content: { "application/scim+json": {} } },
      responses: {
        200: { content: { "application/scim+json": {} } },
        default: { content: { "application/scim+json": {} } },
      },
    });
    expect(JSON.stringify(patch)).not.toContain("problem+json");
    expect(JSON.stringify(patch)).not.toContain("x-signalbox-csrf");
  });

  it("is readable without script", () => {
    const page = docsPage("abc");
    expect(page).not.toContain("<script");
    expect(page).toContain("/api/{tenant}/changes");
  });
});
