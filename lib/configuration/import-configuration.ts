import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type Config,
  type ConfigDocument,
  type Diagnostic,
  forgetSources,
  parseConfig,
  type Route,
  type TargetProfile,
  validateConfig,
} from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { digestOf, targetProfileFor } from "@/lib/targets";
import { command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { type ImportResult, importInputSchema } from "./contract";
import { evolve, importDocument, open } from "./decider";
import { nextChangeNumber } from "./open-change";
import { getChange, liveDocument } from "./queries";
import { secretFacts, secretRefsOf } from "./rows";
import { sealDocument } from "./seal-document";

/** A file that Signalbox read itself. */
export interface ReadFile {
  /** The paths of template files that Signalbox put beside it begin so; the documents hold those files themselves. */
  templateFolders: string;
}

const input = importInputSchema.extend({
  id: z.uuid(),
  profile: z.custom<TargetProfile>(),
  file: z.custom<ReadFile>().optional(),
});

const run = command(
  { name: "import-configuration", permission: "configuration:edit", input, stream: changeStream },
  async (before, { id, yaml, templates, title, profile, file }, { tx, ctx, now, newId }) => {
    const { tenantId } = ctx;
    const live = await liveDocument(tx, tenantId);
    const number = await nextChangeNumber(tx, tenantId);
    const opened = open(before, {
      number,
      title: title ?? `Import ${number}`,
      baseRevision: live.revision,
      document: live.document,
      openedBy: ctx.actor.id,
    });
    const parsed = parseConfig(yaml, { profile, previous: live.document.config, newId });
    if (!parsed.config) throw unreadable(parsed.diagnostics);
    const document: ConfigDocument = {
      config: file ? withoutOurFolders(parsed.config, live.document.config, file) : parsed.config,
      templates: templates ?? live.document.templates,
      source: yaml,
    };
    // A person who sends a text could guess secrets by seeing which reference comes back; a file that we read cannot.
    const sealed = await sealDocument(tx, ctx, document, now, { known: file ? secretRefsOf(live.document) : [] });
    await tx.changeOrigin.create({ data: { tenantId, changeId: id, digest: digestOf(yaml) } });
    const diagnostics = [
      ...parsed.diagnostics,
      ...validateConfig(sealed.config, profile, {
        templates: sealed.templates,
        secrets: await secretFacts(tx, tenantId, sealed),
      }),
    ];
    const report = {
      receivers: sealed.config.receivers?.length ?? 0,
      routes: countRoutes(sealed.config.route),
      unknownKeys: diagnostics.filter(({ code }) => code === "unknown_key").map(({ path }) => path.join(".")),
    };
    const state = opened.reduce(evolve, before);
    return { events: [...opened, ...importDocument(state, sealed, report)], result: distinct(diagnostics) };
  },
);

/** Opens a change that holds the text as it is: comments and unknown keys stay, what is odd is reported. */
export async function importConfiguration(
  ctx: TenantContext,
  given: z.input<typeof importInputSchema>,
  file?: ReadFile,
): Promise<ImportResult> {
  const id = randomUUID();
  // Targets are asked for their versions, so before the transaction.
  const profile = await targetProfileFor(ctx);
  const diagnostics = await run(ctx, { ...given, id, profile, file }).finally(forgetSources);
  return { change: await getChange(ctx, { id }), diagnostics: diagnostics.map(toDto) };
}

/** What publishing wrote into `templates:` becomes again what stood there in the document that was published. */
function withoutOurFolders(config: Config, live: Config, { templateFolders }: ReadFile): Config {
  const ours = (pattern: unknown) => typeof pattern === "string" && pattern.includes(templateFolders);
  const { templates } = config;
  if (!Array.isArray(templates) || !templates.some(ours)) return config;
  const usual = Array.isArray(live.templates) ? live.templates : [];
  const next = [...usual, ...templates.filter((pattern) => !ours(pattern) && !usual.includes(pattern))];
  const { templates: _templates, ...rest } = config;
  return next.length === 0 ? rest : { ...config, templates: next };
}

function toDto({ fix: _fix, path, params, ...rest }: Diagnostic): ImportResult["diagnostics"][number] {
  return { ...rest, path: [...path], params: { ...params } };
}

function unreadable(diagnostics: readonly Diagnostic[]): AppError {
  const first = diagnostics[0];
  const line = first?.range ? ` (line ${first.range.start.line})` : "";
  return new AppError("invalid_input", `The text is no configuration${line}: ${first?.message ?? "it is empty"}`, {
    diagnostics,
  });
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, path }) => {
    const key = JSON.stringify([code, path]);
    return !seen.has(key) && seen.add(key);
  });
}

export function countRoutes(route: Route | undefined | null): number {
  if (!route) return 0;
  const children = Array.isArray(route.routes) ? route.routes : [];
  return 1 + children.reduce((sum, child) => sum + countRoutes(child), 0);
}
