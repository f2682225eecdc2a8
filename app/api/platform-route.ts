import { type ActingOperator, type LiveSession, limitPerson, requireStepUp, resolveOperator } from "@/lib/tenancy";
import { versionOf } from "./[tenant]/tenant-route";
import { respond } from "./problem";
import { readJson } from "./read-body";

interface OperatorRequest<Params> {
  session: LiveSession;
  requestId: string;
  params: Params;
  url: URL;
  body(): Promise<unknown>;
  /** The session, as verbs for operators take it. */
  operator: ActingOperator;
  /** Version that `If-Match` names, where it does. */
  optionalVersion(): { expectedVersion?: number };
}

type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * A handler for operators of the installation; everybody else is refused, and that is recorded. What they write reaches every
 * tenant, so those who have a second factor prove for it that it is still them.
 */
export function platformRoute<Params = Record<string, never>>(
  route: string,
  handle: (request: OperatorRequest<Params>) => Promise<unknown>,
): Handler<Params> {
  return (request, context) =>
    respond(request, route, async (requestId, who) => {
      const session = await resolveOperator();
      who.actor = session.personId;
      limitPerson(session.personId);
      if (request.method !== "GET") {
        requireStepUp({ asked: session.hasSecondFactor, steppedUpAt: session.steppedUpAt });
      }
      const params = await context.params;
      return handle({
        session,
        requestId,
        params,
        url: new URL(request.url),
        body: () => readJson(request),
        operator: { personId: session.personId, isOperator: session.isOperator, requestId },
        optionalVersion: () => {
          const version = versionOf(request);
          return version === null ? {} : { expectedVersion: version };
        },
      });
    });
}
