import type { TemplateFile } from "@/lib/alertmanager";
import { type Transaction, withPlatform } from "@/lib/database";

/** Where default templates were found, and what they are. */
export type Found =
  | { source: "uploaded"; files: readonly TemplateFile[]; uploadedAt: Date }
  | { source: "folder"; files: readonly TemplateFile[]; folder: string }
  | { source: "built_in"; files: null };

type Uploaded = Extract<Found, { source: "uploaded" }>;

interface Row {
  version: string;
  defaultTmpl: string;
  emailTmpl: string;
  digest: string;
  uploadedBy: string;
  uploadedAt: Date;
}

// By version. The same list again is parsed only once; what was uploaded since has another digest.
const known = new Map<string, { digest: string; found: Uploaded }>();

export async function findUploaded(version: string): Promise<Uploaded | null> {
  return withPlatform(async (tx) => {
    const head = await tx.defaultTemplates.findUnique({
      where: { version },
      select: { digest: true, uploadedAt: true },
    });
    if (!head) return null;
    const { digest, uploadedAt } = head;
    const before = known.get(version);
    if (before?.digest === digest) return { ...before.found, uploadedAt };
    const row = await tx.defaultTemplates.findUniqueOrThrow({ where: { version } });
    const files = [
      { name: "default.tmpl", content: row.defaultTmpl },
      { name: "email.tmpl", content: row.emailTmpl },
    ];
    const found: Uploaded = { source: "uploaded", files, uploadedAt };
    known.set(version, { digest: row.digest, found });
    return found;
  });
}

export async function keepUploaded(tx: Transaction, row: Row): Promise<void> {
  await tx.defaultTemplates.upsert({ where: { version: row.version }, create: row, update: row });
}

/** False when nothing was there. */
export async function forgetUploaded(tx: Transaction, version: string): Promise<boolean> {
  const { count } = await tx.defaultTemplates.deleteMany({ where: { version } });
  return count > 0;
}
