import { all, resourceTypes } from "../discovery";
import { discoveryRoute } from "../scim-route";

export const GET = discoveryRoute("/ResourceTypes", (_id, base) => all(resourceTypes(base)));
