import { env } from "@/lib/env";
import { parseAllowList } from "./allow-list";
import { guardedRequest, type OutboundRequest, type OutboundResponse } from "./outbound";

/** The one door through which requests leave the house. */
export function outboundRequest(request: OutboundRequest): Promise<OutboundResponse> {
  return guardedRequest(request, parseAllowList(env().OUTBOUND_ALLOW));
}
