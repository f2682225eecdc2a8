import { z } from "zod";
import { scimGroupSchema, scimPatchSchema, scimUserSchema } from "@/lib/tenancy/scim/contract";
import type { Operation } from "./operations";

const resource = z.looseObject({ schemas: z.array(z.string()), id: z.string() });
const thing = z.looseObject({ schemas: z.array(z.string()) });
const list = z.object({
  schemas: z.array(z.string()),
  totalResults: z.number().int(),
  startIndex: z.number().int(),
  itemsPerPage: z.number().int(),
  Resources: z.array(resource),
});
const attributes = {
  /** Names of attributes, with commas between them. */
  attributes: z.string().optional(),
  excludedAttributes: z.string().optional(),
};
const search = z.object({
  filter: z.string().optional(),
  startIndex: z.string().optional(),
  count: z.string().optional(),
  ...attributes,
});
const one = z.object(attributes);

const root = "/api/{tenant}/scim/v2";
const shared = { tag: "people", scim: true } as const;
const ok = { ...shared, status: 200 } as const;

function resources(name: "Users" | "Groups", noun: string, body: z.ZodType): Operation[] {
  const all = `${root}/${name}`;
  const each = `${all}/{id}`;
  return [
    { ...ok, method: "GET", path: all, query: search, answer: list, summary: `${name} as the directory gave them` },
    { ...shared, status: 201, method: "POST", path: all, body, answer: resource, summary: `A new ${noun}` },
    { ...ok, method: "GET", path: each, query: one, answer: resource, summary: `One ${noun}` },
    { ...ok, method: "PUT", path: each, body, answer: resource, summary: `Replace a ${noun}` },
    { ...ok, method: "PATCH", path: each, body: scimPatchSchema, answer: resource, summary: `Change a ${noun}` },
    { ...shared, status: 204, method: "DELETE", path: each, summary: `Remove a ${noun}` },
  ];
}

/** What a tenant's directory does (RFC 7644), with a token that has the scope `scim`. Failures are SCIM's own. */
export const SCIM_OPERATIONS: readonly Operation[] = [
  ...resources("Users", "user", scimUserSchema),
  ...resources("Groups", "group", scimGroupSchema),
  { ...ok, method: "GET", path: `${root}/ServiceProviderConfig`, answer: thing, summary: "What of SCIM is supported" },
  { ...ok, method: "GET", path: `${root}/ResourceTypes`, answer: list, summary: "Kinds of resources" },
  { ...ok, method: "GET", path: `${root}/ResourceTypes/{id}`, answer: resource, summary: "One kind of resource" },
  { ...ok, method: "GET", path: `${root}/Schemas`, answer: list, summary: "Schemas of SCIM" },
  { ...ok, method: "GET", path: `${root}/Schemas/{id}`, answer: resource, summary: "One schema of SCIM" },
];
