import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/errors";

/**
 * The real folder of `file`. Only whole paths under an allowed root pass, and nothing below the root may be a symbolic
 * link: whoever can write in the folder must not be able to lead us out of it.
 */
export async function safeFolder(file: string, roots: readonly string[]): Promise<string> {
  if (!path.isAbsolute(file) || path.normalize(file) !== file || file.includes("\0") || file.endsWith("/"))
    throw refuse("Give the whole path of a file, without “..” or doubled slashes.", file);
  const root = roots.find((candidate) => file.startsWith(`${candidate.replace(/\/+$/, "")}/`));
  if (!root) throw refuse("This path lies outside the folders that the operator allows (TARGET_ROOTS).", file);
  const below = path.relative(root, path.dirname(file)).split(path.sep).filter(Boolean);
  let folder = await realpath(root).catch(() => {
    throw refuse("The allowed folder does not exist.", root);
  });
  for (const part of below) {
    folder = path.join(folder, part);
    const found = await lstat(folder).catch(() => null);
    if (!found) throw refuse("The folder does not exist.", folder);
    if (found.isSymbolicLink()) throw refuse("A part of the path is a symbolic link, which is never followed.", folder);
    if (!found.isDirectory()) throw refuse("A part of the path is not a folder.", folder);
  }
  const entry = await lstat(path.join(folder, path.basename(file))).catch(() => null);
  if (entry && !entry.isFile()) throw refuse("Something that is not a plain file stands at this path.", file);
  return folder;
}

function refuse(message: string, at: string): AppError {
  return new AppError("invalid_input", `${message} (${at})`, { path: at });
}
