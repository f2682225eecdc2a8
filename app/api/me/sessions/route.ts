import { listSessions, signOutElsewhere } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/sessions", ({ session }) => listSessions(session.personId, session.id));

export const DELETE = personRoute("/api/me/sessions", ({ session, requestId }) => signOutElsewhere(session, requestId));
