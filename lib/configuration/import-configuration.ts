import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type ConfigDocument,
  type Diagnostic,
  parseConfig,
  type Route,
  type TargetProfile,
  validateConfig,
} from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { targetProfileFor } from "@/lib/targets";
import { command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { type ImportResult, importInputSchema } from "./contract";
import { evolve, importDocument, open } from "./decider";
import { nextChangeNumber } from "./open-change";
import { getChange, liveDocument } from "./queries";
import { secretFacts } from "./rows";
import { sealDocument } from "./seal-document";

const input = importInputSchema.extend({ id: z.uuid(), profile: z.custom<TargetProfile>() });

const run = command(
  { name: "import-configuration", permission: "configuration:edit", input, stream: changeStream },
  async (before, { yaml, templates, title, profile }, { tx, ctx, now, newId }) => {
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
      config: parsed.config,
      templates: templates ?? live.document.templates,
      source: yaml,
    };
    const sealed = await sealDocument(tx, ctx, document, now);
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
): Promise<ImportResult> {
  const id = randomUUID();
  // Targets are asked for their versions, so before the transaction.
  const profile = await targetProfileFor(ctx);
  const diagnostics = await run(ctx, { ...given, id, profile });
  return { change: await getChange(ctx, { id }), diagnostics: diagnostics.map(toDto) };
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
