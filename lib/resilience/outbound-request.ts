import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";
import { parseAllowList } from "./allow-list";
import { guardedRequest, type OutboundRequest, type OutboundResponse } from "./outbound";

/** The one door through which requests leave the house. */
export async function outboundRequest(request: OutboundRequest): Promise<OutboundResponse> {
  const count = (outcome: string) => metrics().outboundRequests.inc({ purpose: request.purpose, outcome });
  try {
    const answer = await guardedRequest(request, parseAllowList(env().OUTBOUND_ALLOW));
    count("answered");
    return answer;
  } catch (error) {
    count(error instanceof AppError ? error.code : "internal");
    throw error;
  }
}
