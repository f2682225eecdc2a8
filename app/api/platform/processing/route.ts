import { processing, processingMarkdown } from "@/lib/privacy";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/processing", async ({ url }) => {
  if (url.searchParams.get("format") !== "markdown") return processing();
  return new Response(processingMarkdown(), {
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": 'attachment; filename="record-of-processing.md"',
    },
  });
});
