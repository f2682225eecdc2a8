import { currentMe } from "@/lib/tenancy";
import { personRoute } from "../person-route";

export const GET = personRoute("/api/me", () => currentMe(), { anySession: true });
