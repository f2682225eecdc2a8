import { resourceTypes } from "../../discovery";
import { discoveryRoute } from "../../scim-route";

export const GET = discoveryRoute("/ResourceTypes/{id}", (wanted, base) =>
  resourceTypes(base).find(({ id }) => id === wanted),
);
