import { deleteScimGroup, patchScimGroup, readScimGroup, replaceScimGroup } from "@/lib/tenancy";
import { scimRoute } from "../../scim-route";

export const GET = scimRoute("/Groups/{id}", ({ ctx, id }) => readScimGroup(ctx, id));

export const PUT = scimRoute("/Groups/{id}", ({ ctx, id, body, options }) => replaceScimGroup(ctx, id, body, options));

export const PATCH = scimRoute("/Groups/{id}", ({ ctx, id, body, options }) => patchScimGroup(ctx, id, body, options));

export const DELETE = scimRoute("/Groups/{id}", ({ ctx, id }) => deleteScimGroup(ctx, id));
