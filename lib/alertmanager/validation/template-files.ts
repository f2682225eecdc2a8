import type { Config } from "../config/types";
import { checkTemplateFiles } from "../templates";
import { type Context, items, textOf } from "./context";

/** Reads the template files that the globs of the configuration name, and tells what does not parse. */
export function checkTemplates(context: Context, config: Config, files: Readonly<Record<string, string>>) {
  const names = Object.keys(files).sort();
  items(config.templates as never).forEach((glob, index) => {
    const pattern = globPattern(textOf(glob));
    if (!pattern) return;
    for (const name of names) {
      if (!pattern.test(name)) continue;
      const base = name.slice(name.lastIndexOf("/") + 1);
      const upstream = checkTemplateFiles([{ name: base, content: files[name]! }], context.profile)?.error;
      if (upstream === undefined || isOwnFunction(context, upstream)) continue;
      const params = { name, reason: upstream.replace(/^template: [^:]*:\d+: /, "") };
      context.report("template_file_syntax", { stage: "templates", params, upstream }, "templates", index);
    }
  });
}

/** Programs around Alertmanager bring functions of their own. */
function isOwnFunction({ profile }: Context, problem: string): boolean {
  const name = /function "(\w+)" not defined$/.exec(problem)?.[1];
  return name !== undefined && (profile.shared?.templateFunctions.includes(name) ?? false);
}

/** Go's `filepath.Match` as a regular expression; `null` for a path elsewhere or a pattern that is none. */
export function globPattern(glob: string): RegExp | null {
  if (glob === "" || glob.startsWith("/")) return null;
  const text = glob.replace(/^(?:\.\/+)+/, "");
  let pattern = "";
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (char === "*") pattern += "[^/]*";
    else if (char === "?") pattern += "[^/]";
    else if (char === "\\") pattern += escaped(text[++index] ?? "");
    else if (char === "[") {
      const end = text.indexOf("]", index + 2);
      if (end < 0) return null;
      const body = text.slice(index + 1, end).replace(/[\\\]]/g, "\\$&");
      pattern += `[${body.startsWith("^") ? `^/${body.slice(1)}` : body}]`;
      index = end;
    } else pattern += escaped(char);
  }
  return new RegExp(`^${pattern}$`, "u");
}

function escaped(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
