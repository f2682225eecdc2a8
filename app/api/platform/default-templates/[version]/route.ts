import { removeDefaultTemplates, uploadDefaultTemplates } from "@/lib/targets";
import { platformRoute } from "../../../platform-route";

const ROUTE = "/api/platform/default-templates/{version}";

export const PUT = platformRoute<{ version: string }>(ROUTE, async ({ session, requestId, params, body }) =>
  uploadDefaultTemplates({ id: session.personId, requestId }, params.version, await body()),
);

export const DELETE = platformRoute<{ version: string }>(ROUTE, ({ session, requestId, params }) =>
  removeDefaultTemplates({ id: session.personId, requestId }, params.version),
);
