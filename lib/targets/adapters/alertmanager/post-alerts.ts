import { AppError } from "@/lib/errors";
import { ownWords, type Replica, request, type Send } from "./replica";

/** One alert as `POST /api/v2/alerts` takes it. */
export interface NewAlert {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  startsAt: string;
  endsAt: string;
}

/** What one replica said; `ok` when it took them. */
export interface PostOutcome {
  ok: boolean;
  words: string;
}

export async function postAlerts(send: Send, replica: Replica, alerts: readonly NewAlert[]): Promise<PostOutcome> {
  try {
    const asked = request(replica, "/api/v2/alerts", { method: "POST", deadlineMs: 10_000, maxBytes: 64 * 1024 });
    const headers = { ...asked.headers, "content-type": "application/json" };
    const answer = await send({ ...asked, headers, body: JSON.stringify(alerts) });
    return { ok: answer.status === 200, words: ownWords(answer, []) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, words: error.message };
    throw error;
  }
}
