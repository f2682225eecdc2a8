import { schemas } from "../../discovery";
import { discoveryRoute } from "../../scim-route";

export const GET = discoveryRoute("/Schemas/{id}", (wanted, base) => schemas(base).find(({ id }) => id === wanted));
