import { listSessions } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/sessions", ({ session }) => listSessions(session.personId, session.id));
