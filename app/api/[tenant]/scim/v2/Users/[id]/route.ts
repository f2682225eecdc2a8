import { deleteScimUser, patchScimUser, readScimUser, replaceScimUser } from "@/lib/tenancy";
import { scimRoute } from "../../scim-route";

export const GET = scimRoute("/Users/{id}", ({ ctx, id }) => readScimUser(ctx, id));

export const PUT = scimRoute("/Users/{id}", ({ ctx, id, body, options }) => replaceScimUser(ctx, id, body, options));

export const PATCH = scimRoute("/Users/{id}", ({ ctx, id, body, options }) => patchScimUser(ctx, id, body, options));

export const DELETE = scimRoute("/Users/{id}", ({ ctx, id }) => deleteScimUser(ctx, id));
