import { type ScimResource as Patched, type ScimPatchOperation, scimPatch } from "scim-patch";
import { SCIM, scimPatchSchema } from "./contract";
import { parseScim, scimFailure } from "./failure";

const FORBIDDEN = /(?:^|[.[\s])(?:__proto__|constructor|prototype)(?:$|[.[\s\]])/;
const READ_ONLY = /^(?:id|meta|schemas|groups)(?:$|[.[])/i;

/** The resource after the operations (RFC 7644 §3.5.2), in the dialects that directories speak. */
export function patched(resource: Record<string, unknown>, body: unknown): Record<string, unknown> {
  const { schemas, Operations } = parseScim(scimPatchSchema, body);
  if (!schemas.includes(SCIM.patch)) {
    throw scimFailure("invalid_input", "invalidSyntax", `A patch names the schema ${SCIM.patch}.`);
  }
  const operations = Operations.flatMap(({ op, path, value }) => plain(op, path, value));
  const now = new Date();
  const start = { schemas: [], ...structuredClone(resource), meta: { created: now, lastModified: now } };
  try {
    const { meta: _meta, ...rest } = scimPatch<Patched>(start, operations, { treatMissingAsAdd: true });
    return rest;
  } catch (error) {
    const message = error instanceof Error ? error.message : "The patch cannot be applied.";
    throw scimFailure("invalid_input", /target|filter/i.test(message) ? "noTarget" : "invalidPath", message);
  }
}

function plain(given: string, path: string | undefined, value: unknown): ScimPatchOperation[] {
  const op = given.toLowerCase();
  if (op !== "add" && op !== "replace" && op !== "remove") {
    throw scimFailure("invalid_input", "invalidSyntax", `There is no operation ${JSON.stringify(given.slice(0, 40))}.`);
  }
  refuseForbidden(value);
  if (path === undefined || path === "") {
    if (op === "remove") throw scimFailure("invalid_input", "noTarget", "What to remove is not named.");
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw scimFailure("invalid_input", "invalidValue", "Without a path the value must be an object.");
    }
    // Some repeat what nobody may change; the rest of the operation is meant.
    return Object.entries(value)
      .filter(([key]) => !READ_ONLY.test(key))
      .flatMap(([key, inner]) => plain(op, key, inner));
  }
  if (FORBIDDEN.test(path)) throw scimFailure("invalid_input", "invalidPath", "There is no such attribute.");
  if (READ_ONLY.test(path)) throw scimFailure("invalid_input", "mutability", `${path} cannot be changed.`);
  const at = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/i, "");
  // Only these of the members: some say it with a value instead of a filter.
  if (op === "remove" && Array.isArray(value) && !at.includes("[")) {
    return value.flatMap((one: unknown) => {
      const wanted = typeof one === "object" && one !== null && "value" in one ? one.value : one;
      return typeof wanted === "string" ? [{ op, path: `${at}[value eq ${JSON.stringify(wanted)}]` }] : [];
    });
  }
  return op === "remove" ? [{ op, path: at }] : [{ op, path: at, value }];
}

function refuseForbidden(value: unknown): void {
  if (Array.isArray(value)) {
    for (const inner of value) refuseForbidden(inner);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (FORBIDDEN.test(key)) throw scimFailure("invalid_input", "invalidPath", "There is no such attribute.");
      refuseForbidden(inner);
    }
  }
}
