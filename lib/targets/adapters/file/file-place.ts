import { createHash, randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, lstat, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import path from "node:path";
import type { TemplateFile } from "@/lib/alertmanager/config/types";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import { safeFolder } from "./safe-path";

/** Where one configuration file lies. `mode` never holds a right for others: the file is full of secrets. */
export interface FilePlace {
  path: string;
  mode: number;
  group: number | null;
}

export interface FileContent {
  text: string;
  templates: readonly TemplateFile[];
}

const MAX_BYTES = 16 * 1024 * 1024;

export function digestOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/**
 * Template files lie beside the configuration in a folder that is named by their content, and the configuration names
 * that folder: one rename switches both, and the hash that the target reports covers both. `null` without templates.
 */
export function templateFolderName(configPath: string, templates: readonly TemplateFile[]): string | null {
  if (templates.length === 0) return null;
  const sorted = [...templates].sort((a, b) => (a.name < b.name ? -1 : 1));
  const digest = digestOf(JSON.stringify(sorted.map(({ name, content }) => [name, content])));
  return `${templateFoldersOf(configPath)}${digest.slice(0, 16)}`;
}

/** How the names of all such folders of one configuration begin. */
export function templateFoldersOf(configPath: string): string {
  return `${path.basename(configPath)}.templates-`;
}

/** `null` when nothing stands there. */
export async function readPlace(place: FilePlace, roots: readonly string[]): Promise<string | null> {
  const folder = await safeFolder(place.path, roots);
  return readWhole(path.join(folder, path.basename(place.path)));
}

async function readWhole(file: string): Promise<string | null> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw asRefusal(error, file);
  }
  try {
    if ((await handle.stat()).size > MAX_BYTES) throw new AppError("too_large", `${file} is larger than 16 MiB.`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/**
 * Compare-and-set: replaces the file only while its digest is `before` (`null`: no file). Finding `next` there already
 * is success, so a publication that was killed may simply do it again. `next: null` removes the file.
 */
export async function replacePlace(
  place: FilePlace,
  roots: readonly string[],
  before: string | null,
  next: FileContent | null,
): Promise<"written" | "already"> {
  const folder = await safeFolder(place.path, roots);
  const file = path.join(folder, path.basename(place.path));
  if (await isAlready(file, before, next)) return "already";
  try {
    if (next === null) {
      await unlink(file);
    } else {
      const owner = await ownership(place, file, folder);
      await writeTemplates(place, folder, next.templates, owner);
      failpoint("write.templates");
      await writeAtomically(file, next.text, owner, async () => {
        failpoint("write.temporary");
        await isAlready(file, before, next);
      });
    }
    await syncFolder(folder);
  } catch (error) {
    throw asRefusal(error, file);
  }
  return "written";
}

async function isAlready(file: string, before: string | null, next: FileContent | null): Promise<boolean> {
  const live = await readWhole(file);
  const digest = live === null ? null : digestOf(live);
  if (digest === (next === null ? null : digestOf(next.text))) return digest !== before || next === null;
  if (digest === before) return false;
  throw new AppError("drifted", `${file} was changed by someone else meanwhile; it is left as it is.`, { path: file });
}

interface Ownership {
  mode: number;
  group: number;
}

async function ownership(place: FilePlace, file: string, folder: string): Promise<Ownership> {
  const model = (await lstat(file).catch(() => null)) ?? (await stat(folder));
  return { mode: place.mode & 0o770, group: place.group ?? model.gid };
}

/** The mode is set on the open file before a byte of it is written: it is never readable by more people, even briefly. */
async function writeAtomically(
  file: string,
  text: string,
  owner: Ownership,
  beforeRename: () => Promise<void>,
): Promise<void> {
  const prefix = `.${path.basename(file)}.signalbox-`;
  await removeLeftovers(path.dirname(file), prefix);
  const temporary = path.join(path.dirname(file), `${prefix}${randomBytes(6).toString("hex")}`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    await give(handle, owner);
    await handle.writeFile(text, "utf8");
    await handle.sync();
    await beforeRename();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function give(handle: FileHandle, owner: Ownership): Promise<void> {
  const found = await handle.stat();
  if (found.gid !== owner.group) {
    await handle.chown(found.uid, owner.group).catch((error: unknown) => {
      throw new AppError(
        "target_refused",
        `The file must belong to group ${owner.group}, and Signalbox may not give it away: make its user a member of that group.`,
        { group: owner.group },
        { cause: error },
      );
    });
  }
  await handle.chmod(owner.mode);
}

/** What a killed process left. Only one publication writes a place at a time (lib/publishing holds its lease). */
async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(prefix))
      await rm(path.join(/*turbopackIgnore: true*/ folder, name), { force: true, recursive: true });
}

async function writeTemplates(
  place: FilePlace,
  folder: string,
  templates: readonly TemplateFile[],
  owner: Ownership,
): Promise<void> {
  const name = templateFolderName(place.path, templates);
  if (name === null) return;
  const target = path.join(/*turbopackIgnore: true*/ folder, name);
  await mkdir(target, { mode: 0o700 }).catch((error: unknown) => {
    if (!isCode(error, "EEXIST")) throw error;
  });
  if (!(await lstat(target)).isDirectory())
    throw new AppError("target_refused", `${target} stands where the template folder belongs.`);
  const handle = await open(target, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await give(handle, { ...owner, mode: owner.mode | ((owner.mode & 0o440) >> 2) });
  } finally {
    await handle.close();
  }
  for (const template of templates) {
    if (template.name !== path.basename(template.name) || template.name.startsWith("."))
      throw new AppError("invalid_input", `“${template.name}” is not a bare file name.`);
    const file = path.join(target, template.name);
    if ((await readFile(file, "utf8").catch(() => null)) === template.content) continue;
    await writeAtomically(file, template.content, owner, async () => {});
  }
  await syncFolder(target);
}

/** Folders of earlier revisions. The one in use and those in `keep` stay, so that a restore finds its templates. */
export async function removeOldTemplates(
  place: FilePlace,
  roots: readonly string[],
  keep: readonly (string | null)[],
): Promise<void> {
  const folder = await safeFolder(place.path, roots);
  const prefix = templateFoldersOf(place.path);
  for (const name of await readdir(folder))
    if (name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length)) && !keep.includes(name))
      await rm(path.join(folder, name), { recursive: true, force: true });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function asRefusal(error: unknown, file: string): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : error.name;
  return new AppError(
    "target_refused",
    `${file} cannot be read or replaced: ${code}`,
    { path: file, cause: code },
    { cause: error },
  );
}
