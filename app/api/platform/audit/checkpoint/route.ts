import { readCheckpoint } from "@/lib/transparency";
import { checkpointAnswer } from "../../../checkpoint-answer";
import { witnessRoute } from "../../../witness-route";

export const GET = witnessRoute("/api/platform/audit/checkpoint", async ({ ctx }) =>
  checkpointAnswer(await readCheckpoint(ctx)),
);
