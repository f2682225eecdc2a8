import { processing, processingMarkdown } from "@/lib/privacy";
import { fileHeaders } from "../../file-answer";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/processing", async ({ url }) => {
  if (url.searchParams.get("format") !== "markdown") return processing();
  return new Response(processingMarkdown(), {
    headers: fileHeaders({ name: "record-of-processing.md", type: "text/markdown; charset=utf-8" }),
  });
});
