import { readCheckpoint } from "@/lib/transparency";
import { checkpointAnswer } from "../../../checkpoint-answer";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/checkpoint", async ({ ctx }) => checkpointAnswer(await readCheckpoint(ctx)));
