import { removeFactor } from "@/lib/tenancy";
import { personRoute } from "../../../person-route";

export const DELETE = personRoute<{ id: string }>("/api/me/second-factor/{id}", ({ session, params, requestId }) =>
  removeFactor(session, params.id, requestId),
);
