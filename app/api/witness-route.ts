import { AppError } from "@/lib/errors";
import { bearsWitnessToken } from "@/lib/observability";
import { installationContext, limitPerson, type TenantContext } from "@/lib/tenancy";
import { platformRoute } from "./platform-route";
import { bearerOf, respond } from "./problem";

interface WitnessRequest {
  /** The installation's own log. */
  ctx: TenantContext;
  url: URL;
  /** Of a tile. */
  place: string;
}

type Params = { path?: string | string[] };

const WITNESS = "witness";

/**
 * For what a witness of the installation's own log fetches: operators with their session, and the bearer of WITNESS_TOKEN, who may
 * do nothing else. It tells how long the log is and its hashes, and no event.
 */
export function witnessRoute(route: string, handle: (request: WitnessRequest) => Promise<unknown>) {
  const asOperator = platformRoute<Params>(route, ({ operator, url, params }) =>
    handle({ ctx: installationContext(operator), url, place: placeOf(params) }),
  );
  return (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    if (bearerOf(request) === null) return asOperator(request, context);
    return respond(request, route, async (requestId, who) => {
      if (!bearsWitnessToken(request.headers))
        throw new AppError("unauthenticated", "This is not the token of a witness.");
      who.actor = WITNESS;
      limitPerson(WITNESS);
      const ctx = installationContext({ personId: WITNESS, isOperator: true, requestId });
      return handle({ ctx, url: new URL(request.url), place: placeOf(await context.params) });
    });
  };
}

const placeOf = ({ path = "" }: Params) => (Array.isArray(path) ? path.join("/") : path);
