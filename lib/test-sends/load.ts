import { z } from "zod";
import type { Config } from "@/lib/alertmanager";
import {
  type ConfigDocument,
  mapSecrets,
  type Receiver,
  type TargetProfile,
  type TemplateFile,
} from "@/lib/alertmanager";
import { getChange, getLive } from "@/lib/configuration";
import { AppError } from "@/lib/errors";
import { factsFor, openSecrets } from "@/lib/secrets";
import { defaultTemplatesFor, targetProfileFor } from "@/lib/targets";
import { query, type TenantContext } from "@/lib/tenancy";
import { can } from "@/lib/tenancy/contract";
import type { TestedIntegration } from "./contract";
import { strangeSecrets } from "./destination";
import { integrationsOf, receiverIn, secretRefsOf, singleConfig } from "./single";

export interface Loaded {
  document: ConfigDocument;
  receiver: Receiver;
  profile: TargetProfile;
  /** Of the installation; null: those built in. */
  defaults: readonly TemplateFile[] | null;
  integrations: LoadedIntegration[];
}

export interface LoadedIntegration {
  tested: TestedIntegration;
  /** With this integration alone, its secrets still references. */
  sealed: Config;
  /** The same with its secrets opened; null where they may not be sent. */
  opened: { config: Config; secrets: string[] } | null;
}

/** What is to be tried, as it is saved. Opened secrets live as long as the answer. */
export async function loadTest(
  ctx: TenantContext,
  input: { changeId: string | null; receiverId: string; integration?: TestedIntegration | undefined },
): Promise<Loaded> {
  const live = await savedDocument(ctx, null);
  const document = input.changeId === null ? live : await savedDocument(ctx, input.changeId);
  const receiver = receiverIn(document, input.receiverId);
  const sealed = integrationsOf(receiver, input.integration).map((tested) => ({
    tested,
    sealed: singleConfig(document, receiver, tested),
  }));
  const integrations: LoadedIntegration[] = [];
  for (const one of sealed) integrations.push({ ...one, opened: await opened(ctx, one, live) });
  const profile = await targetProfileFor(ctx);
  return { document, receiver, profile, defaults: await defaultTemplatesFor(profile), integrations };
}

/** A draft, or what is live. */
export async function savedDocument(ctx: TenantContext, changeId: string | null): Promise<ConfigDocument> {
  return (changeId === null ? await getLive(ctx, {}) : await getChange(ctx, { id: changeId })).document;
}

async function opened(
  ctx: TenantContext,
  { sealed, tested }: Pick<LoadedIntegration, "sealed" | "tested">,
  live: ConfigDocument,
): Promise<LoadedIntegration["opened"]> {
  const refs = secretRefsOf(sealed);
  const facts = await secretsOf(ctx, { refs });
  const setBy = Object.fromEntries(Object.entries(facts).map(([ref, fact]) => [ref, fact.setBy]));
  const strange = strangeSecrets(sealed, tested, live, setBy, ctx.actor.id);
  if (strange.length > 0 && !can(ctx.role, "configuration:publish")) return null;
  const values = await openFor(ctx, { refs });
  return { config: mapSecrets(sealed, (_path, value) => values[value] ?? value), secrets: Object.values(values) };
}

const permission = "configuration:edit";
const refsInput = z.object({ refs: z.array(z.string()) });

const secretsOf = query({ name: "test-secret-facts", permission, input: refsInput }, (tx, { refs }, { tenantId }) =>
  factsFor(tx, tenantId, refs),
);

const openFor = query(
  { name: "test-open-secrets", permission, input: refsInput },
  async (tx, { refs }, { tenantId }) => {
    try {
      return await openSecrets(tx, tenantId, refs);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      throw new AppError("not_found", "A secret of this receiver is not there any more. Set it again, then try.");
    }
  },
);
