import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_PROFILE_ID, executeTemplate, parseTemplates, profileFor, type TemplateFile } from "@/lib/alertmanager";
import { folderTemplatesFor } from "@/lib/default-templates";
import { guarded, UsageError } from "./arguments";
import { expandGlob } from "./expand-glob";
import { defaultData, readData } from "./template-data";

const USAGE = `usage: signalbox template render --template.text=TEXT [--template.glob=GLOB]… [--template.data=FILE]
                                 [--template.type=text|html] [--target alertmanager@0.34]

Prints what a template becomes, as \`amtool template render\` of that version does, with its default templates at hand.
  --template.text  the template, such as '{{ template "slack.default.title" . }}'
  --template.glob  template files; may be given several times, later definitions replace earlier ones
  --template.data  JSON as in the body of a webhook (- is stdin); without it, amtool's own example
  --template.type  html escapes as in e-mails
Ends with 0 when it could be rendered, 1 when not, 2 when called wrongly.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const { values, positionals } = parsed(argv);
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [verb, ...more] = positionals;
    const text = values["template.text"];
    if (verb !== "render" || more.length > 0 || text === undefined) throw new UsageError(USAGE);
    const kind = values["template.type"];
    if (kind !== "text" && kind !== "html") throw new UsageError(`--template.type is text or html, not ${kind}.`);
    const profile = profileOf(values.target);
    const now = new Date();
    const file = values["template.data"];
    const data = file === undefined ? defaultData(now) : readData(readFileSync(file === "-" ? 0 : file, "utf8"), file);
    const files = values["template.glob"].flatMap(expandGlob).map(readTemplate);
    const installed = folderTemplatesFor(profile);
    const { set, diagnostics } = parseTemplates(files, profile, installed ? { defaults: installed.files } : {});
    if (diagnostics[0]) throw new Error(diagnostics[0].error);
    const result = executeTemplate(set, { kind, text, data, profile, now: now.toISOString() });
    if (!result.ok) throw new Error(result.error);
    process.stdout.write(result.output);
    return 0;
  });
}

/** A template file by its base name, which is what its own text is called by. */
export function readTemplate(file: string): TemplateFile {
  return { name: path.basename(file), content: readFileSync(file, "utf8") };
}

function profileOf(target: string) {
  try {
    return profileFor(target);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        "template.glob": { type: "string", multiple: true, default: [] },
        "template.text": { type: "string" },
        "template.data": { type: "string" },
        "template.type": { type: "string", default: "text" },
        target: { type: "string", short: "t", default: DEFAULT_PROFILE_ID },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
