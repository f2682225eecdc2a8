import { deleteTarget } from "@/lib/targets";
import { platformRoute } from "../../../platform-route";

export const DELETE = platformRoute<{ id: string }>("/api/platform/targets/{id}", ({ session, requestId, params }) =>
  deleteTarget({ id: session.personId, requestId }, params.id),
);
