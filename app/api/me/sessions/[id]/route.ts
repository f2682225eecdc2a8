import { endListedSession } from "@/lib/tenancy";
import { personRoute } from "../../../person-route";

export const DELETE = personRoute<{ id: string }>("/api/me/sessions/{id}", ({ session, params, requestId }) =>
  endListedSession(session, params.id, requestId),
);
