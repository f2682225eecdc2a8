import type { TemplateFile } from "@/lib/alertmanager";
import { templateFileSchema } from "@/lib/configuration/contract";

export type UploadProblem = {
  name: string;
  reason: "notText" | "tooLarge" | "badName" | "exists" | "tooMany";
  /** Of `exists`: what would replace the file that is there. */
  file?: TemplateFile;
};

const MOST_FILES = 200;

/**
 * Reads files as the document can keep them: UTF-8 text, by bare names, none in place of another one unasked. A byte order
 * mark is left out: Alertmanager would write it into every notification.
 */
export async function readUploads(
  list: readonly File[],
  known: readonly TemplateFile[],
): Promise<{ files: TemplateFile[]; problems: UploadProblem[] }> {
  const files: TemplateFile[] = [];
  const problems: UploadProblem[] = [];
  for (const upload of list) {
    const { name } = upload;
    const content = await textOf(upload);
    const there = [...known, ...files].find((file) => file.name === name);
    if (!templateFileSchema.shape.name.safeParse(name).success) problems.push({ name, reason: "badName" });
    else if (content === null) problems.push({ name, reason: "notText" });
    else if (!templateFileSchema.shape.content.safeParse(content).success) problems.push({ name, reason: "tooLarge" });
    else if (there?.content === content) continue;
    else if (there) problems.push({ name, reason: "exists", file: { name, content } });
    else if (known.length + files.length >= MOST_FILES) problems.push({ name, reason: "tooMany" });
    else files.push({ name, content });
  }
  return { files, problems };
}

async function textOf(upload: File): Promise<string | null> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await upload.arrayBuffer());
    // A text that an editor can hold has none of these.
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
