import { all, schemas } from "../discovery";
import { discoveryRoute } from "../scim-route";

export const GET = discoveryRoute("/Schemas", (_id, base) => all(schemas(base)));
