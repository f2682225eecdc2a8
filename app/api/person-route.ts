import { type LiveSession, limitPerson, resolvePerson } from "@/lib/tenancy";
import { readJson, respond } from "./problem";

interface PersonRequest<Params> {
  session: LiveSession;
  requestId: string;
  params: Params;
  /** Reads the body; a handler that takes none never touches it. */
  body(): Promise<unknown>;
}

type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** A handler for whoever is signed in, in whatever tenant. */
export function personRoute<Params = Record<string, never>>(
  route: string,
  handle: (request: PersonRequest<Params>) => Promise<unknown>,
): Handler<Params> {
  return (request, context) =>
    respond(request, route, async (requestId, who) => {
      const session = await resolvePerson();
      who.actor = session.personId;
      limitPerson(session.personId);
      return handle({ session, requestId, params: await context.params, body: () => readJson(request) });
    });
}
