import { serviceProviderConfig } from "../discovery";
import { discoveryRoute } from "../scim-route";

export const GET = discoveryRoute("/ServiceProviderConfig", (_id, base) => serviceProviderConfig(base));
