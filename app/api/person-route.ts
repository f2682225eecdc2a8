import { clientAddressOf } from "@/lib/observability";
import {
  assertOwnAccount,
  handOut,
  type LiveSession,
  limitPerson,
  resolvePending,
  resolvePerson,
  resolveSettingUp,
} from "@/lib/tenancy";
import { respond } from "./problem";
import { readJson } from "./read-body";

interface PersonRequest<Params> {
  session: LiveSession;
  requestId: string;
  address: string;
  params: Params;
  /** Reads the body; a handler that takes none never touches it. */
  body(): Promise<unknown>;
}

interface Opens {
  anySession?: boolean;
  pending?: boolean;
  settingUp?: boolean;
}

type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/**
 * A handler for whoever is signed in, in whatever tenant. Sessions that a tenant's sign-in service vouches for do not reach an
 * account that is known elsewhere too, unless `anySession` says that the handler shows no more than such a session may see.
 * `pending`: also for those whose second factor is still to come; of any session. `settingUp`: also for those who have none yet
 * though the installation demands one.
 */
export function personRoute<Params = Record<string, never>>(
  route: string,
  handle: (request: PersonRequest<Params>) => Promise<unknown>,
  { anySession = false, pending = false, settingUp = false }: Opens = {},
): Handler<Params> {
  return (request, context) =>
    respond(request, route, async (requestId, who) => {
      const resolve = pending ? resolvePending : settingUp ? resolveSettingUp : resolvePerson;
      const session = await resolve();
      who.actor = session.personId;
      limitPerson(session.personId);
      if (!anySession && !pending) await assertOwnAccount(session);
      const address = clientAddressOf(request.headers);
      const params = await context.params;
      const answer = await handle({ session, requestId, address, params, body: () => readJson(request) });
      // Whoever proved once more who they are goes on with another cookie.
      if (session.renewed) await handOut(session.renewed);
      return answer;
    });
}
