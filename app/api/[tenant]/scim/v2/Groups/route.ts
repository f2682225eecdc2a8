import { createScimGroup, listScimGroups } from "@/lib/tenancy";
import { scimRoute } from "../scim-route";

export const GET = scimRoute("/Groups", ({ ctx, asked }) => listScimGroups(ctx, asked));

export const POST = scimRoute("/Groups", ({ ctx, body }) => createScimGroup(ctx, body), { status: 201 });
