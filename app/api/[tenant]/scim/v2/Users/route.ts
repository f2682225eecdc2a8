import { createScimUser, listScimUsers } from "@/lib/tenancy";
import { scimRoute } from "../scim-route";

export const GET = scimRoute("/Users", ({ ctx, asked }) => listScimUsers(ctx, asked));

export const POST = scimRoute("/Users", ({ ctx, body }) => createScimUser(ctx, body), { status: 201 });
