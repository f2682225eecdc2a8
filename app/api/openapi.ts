import { z } from "zod";
import { ERROR_CODES } from "@/lib/errors";
import { OPERATIONS, type Operation } from "./operations";

const TOKEN_ENDPOINT = "/api/token";
const SCIM_MEDIA = "application/scim+json";
const CSRF = {
  name: "x-signalbox-csrf",
  in: "header",
  required: false,
  description: "Needed with a session, not with a token.",
  schema: { const: "1" },
};

type JsonSchema = Record<string, unknown>;

const TAGS: Record<Operation["tag"], string> = {
  configuration: "Changes: what is being edited",
  revisions: "What was frozen, and what is live",
  review: "Asking for approvals, giving them, talking about a change, and publishing it at a time",
  publishing: "Bringing a revision to its targets",
  targets: "Where a tenant publishes",
  people: "Members, sessions, yourself",
  platform: "For operators of the installation",
  audit: "What happened, by whom",
  alerts: "What fired, as Prometheus or the targets told us",
};

/** OpenAPI 3.1, drawn from the same zod schemas that refuse and answer requests. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describeOperation(operation);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Signalbox",
      version: "1",
      description:
        "Edit, preview, review and publish Alertmanager configuration. Programs send an API token, or an access token made of " +
        "one at /api/token, as Authorization: Bearer; then no cookie is read. Browsers carry the session's cookie; their " +
        "writes also need the header x-signalbox-csrf: 1 and must come from the same origin.",
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        // Over https a browser calls it __Host-next-auth.session-token.
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "An API token of the tenant (sbx_…) or an access token made of it. It may do what both its scopes and the role that " +
            "its person has now include. With /api/token: grant_type urn:ietf:params:oauth:grant-type:token-exchange and " +
            "subject_token, then refresh_token. A refresh token is for one use; using it again revokes all that came of it.",
        },
      },
      schemas: { Problem: PROBLEM, ScimError: SCIM_ERROR },
    },
    security: [{ session: [] }, { token: [] }],
  };
}

function describeOperation(operation: Operation) {
  const { tag, summary, method, status, answer, body, scim } = operation;
  const { media = scim ? SCIM_MEDIA : "application/json" } = operation;
  return {
    operationId: operationId(operation),
    tags: [tag],
    summary,
    ...securityOf(operation),
    parameters: parametersOf(operation),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { [scim ? SCIM_MEDIA : "application/json"]: { schema: schemaOf(body, "input") } },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: answer ? "The answer" : "Done; nothing to say",
        ...(answer ? { content: { [media]: { schema: schemaOf(answer, "output") } } } : {}),
      },
      default: {
        description: `A problem (RFC ${scim ? "7644 §3.12" : "9457"})${method === "GET" ? "" : "; nothing was written"}`,
        content: scim
          ? { [SCIM_MEDIA]: { schema: { $ref: "#/components/schemas/ScimError" } } }
          : { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** A token is for what is inside a tenant, except tokens. */
function securityOf({ path, scim }: Operation) {
  if (scim) return { security: [{ token: [] }] };
  if (path === TOKEN_ENDPOINT) return { security: [] };
  const inside = path.startsWith("/api/{tenant}") && !path.startsWith("/api/{tenant}/tokens");
  return inside ? {} : { security: [{ session: [] }] };
}

/** `PUT /api/{tenant}/changes/{id}/title` → `putTenantChangesIdTitle` */
function operationId({ method, path }: Operation): string {
  const words = path
    .slice("/api/".length)
    .split(/[^a-z]+/i)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

function parametersOf({ path, query, versioned, method, scim }: Operation) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: schemaOf(schema as z.ZodType, "input"),
  }));
  const headers = [
    ...(versioned
      ? [{ name: "If-Match", in: "header", required: true, schema: { type: "string", examples: ['"7"'] } }]
      : []),
    ...(method === "GET" || path === TOKEN_ENDPOINT || scim ? [] : [CSRF]),
  ];
  return [...inPath, ...inQuery, ...headers];
}

/** A `custom` schema (a whole Alertmanager configuration) has no JSON Schema: it stands as an object. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "custom") jsonSchema.type = "object";
    },
  });
  return rest;
}

const SCIM_ERROR = {
  type: "object",
  required: ["schemas", "status", "detail"],
  properties: {
    schemas: { type: "array", items: { type: "string" } },
    status: { type: "string", description: "The HTTP status, as text." },
    scimType: { type: "string" },
    detail: { type: "string" },
  },
};

const PROBLEM = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { enum: Object.keys(ERROR_CODES) },
    detail: { type: "string", description: "What happened and what to do." },
  },
};
