import { readCheckpoint } from "@/lib/transparency";
import { fileHeaders } from "../../../file-answer";
import { tenantRoute } from "../../tenant-route";

const headers = fileHeaders({ name: "checkpoint.txt", type: "text/plain; charset=utf-8" });

export const GET = tenantRoute(
  "/audit/checkpoint",
  async ({ ctx }) => new Response(await readCheckpoint(ctx), { headers }),
);
