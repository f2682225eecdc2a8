import { ownApiTokens } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/tokens", ({ session }) => ownApiTokens(session.personId));
