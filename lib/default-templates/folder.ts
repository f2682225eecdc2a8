import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { defaultsFor, type TargetProfile, type TemplateFile } from "@/lib/alertmanager";
import { env } from "@/lib/env";

/** Where Debian's package puts them. */
const INSTALLED = "/usr/share/prometheus/alertmanager";

const NAMES = ["default.tmpl", "email.tmpl"];

/** A hundred times what they hold. */
const MOST_BYTES = 2 * 1024 * 1024;

/** The default templates of an Alertmanager, as files on this machine. */
export interface FolderTemplates {
  folder: string;
  files: readonly TemplateFile[];
}

/** Where default templates are looked for; `given` when somebody set it. */
export function templatesFolder(): { folder: string; given: boolean } {
  const { DEFAULT_TEMPLATES_DIR } = env();
  return {
    folder: path.resolve(/*turbopackIgnore: true*/ DEFAULT_TEMPLATES_DIR ?? INSTALLED),
    given: DEFAULT_TEMPLATES_DIR !== undefined,
  };
}

/**
 * The files for a profile, or null. A folder below that is named after the profile (`alertmanager@0.34`) or its version
 * (`0.34`) is taken at its word. Files that lie in the folder itself say nothing of their version: they serve the
 * versions that `defaultsFor` finds them good for. The same list comes back for as long as the files stay as they are.
 */
export function folderTemplatesFor(profile: TargetProfile): FolderTemplates | null {
  const { folder } = templatesFolder();
  for (const name of new Set([profile.id, `alertmanager@${profile.version}`, profile.version])) {
    const named = read(path.join(/*turbopackIgnore: true*/ folder, name));
    if (named) return named;
  }
  const nameless = read(folder);
  const files = nameless && chosen(nameless.files, profile);
  return files ? { folder, files } : null;
}

const choices = new WeakMap<readonly TemplateFile[], Map<string, readonly TemplateFile[] | null>>();

function chosen(files: readonly TemplateFile[], profile: TargetProfile): readonly TemplateFile[] | null {
  const known = choices.get(files) ?? new Map<string, readonly TemplateFile[] | null>();
  choices.set(files, known);
  const before = known.get(profile.id);
  if (before !== undefined) return before;
  const choice = defaultsFor(files, profile);
  known.set(profile.id, choice);
  return choice;
}

const contents = new Map<string, { stamp: string; read: FolderTemplates }>();

/** Null unless both files are there and can be read. */
function read(folder: string): FolderTemplates | null {
  try {
    const stats = NAMES.map((name) =>
      statSync(path.join(/*turbopackIgnore: true*/ folder, name), { throwIfNoEntry: false }),
    );
    if (!stats.every((stat) => stat?.isFile() && stat.size <= MOST_BYTES)) return null;
    const stamp = stats.map((stat) => `${stat?.ino} ${stat?.size} ${stat?.mtimeMs}`).join("; ");
    const known = contents.get(folder);
    if (known?.stamp === stamp) return known.read;
    const files = NAMES.map((name) => ({
      name,
      content: readFileSync(path.join(/*turbopackIgnore: true*/ folder, name), "utf8"),
    }));
    const read = { folder, files };
    contents.set(folder, { stamp, read });
    return read;
  } catch {
    // What may not be read is not there for us; the mail then says that it is an approximation.
    return null;
  }
}
