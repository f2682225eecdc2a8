import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { buildRequests, judgeLiveness, livenessRequest, type TargetProfile } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { parseInput, type TenantContext } from "@/lib/tenancy";
import { livenessInputSchema, type SecretCheckDto } from "./contract";
import { limitTests } from "./limits";
import { type Loaded, type LoadedIntegration, loadTest } from "./load";
import { mailSettingsOf } from "./mail-settings";
import { markedPhases } from "./mark";
import { readChecks } from "./read-checks";
import { recordChecks } from "./record-checks";
import { Redactor } from "./redact";
import { optionsFor, transportFor } from "./run";
import { sendHttp } from "./send-http";
import { checkMail, SmtpRefusal } from "./send-mail";
import { secretRefsOf } from "./single";
import { Unsupported } from "./transport";

type Told = Pick<SecretCheckDto, "outcome" | "words">;
const NONE: Told = { outcome: "none", words: "" };

/** Asks the providers of a receiver's integrations whether they take its secrets. Nobody is told anything. */
export async function checkSecrets(
  ctx: TenantContext,
  given: z.input<typeof livenessInputSchema>,
): Promise<SecretCheckDto[]> {
  const input = parseInput(livenessInputSchema, given);
  const loaded = await loadTest(ctx, input);
  await limitTests(ctx);
  const told = await Promise.all(loaded.integrations.map((one) => askOne(loaded, one)));
  const checks = loaded.integrations.flatMap(({ tested, sealed }, nth) => {
    const { outcome, words } = told[nth] ?? NONE;
    return outcome === "none" ? [] : [{ ...tested, outcome, words, refs: secretRefsOf(sealed) }];
  });
  if (checks.length > 0) await recordChecks(ctx, { testId: randomUUID(), receiver: loaded.receiver.name, checks });
  const known = await readChecks(ctx, input);
  return known.map((check, nth) => (told[nth]?.outcome === "none" ? { ...check, ...told[nth] } : check));
}

async function askOne(loaded: Loaded, { tested, opened }: LoadedIntegration): Promise<Told> {
  if (!opened) return { ...NONE, words: "Somebody else set this secret." };
  const redactor = new Redactor(opened.secrets);
  try {
    if (tested.key === "email_configs") return await askSmarthost(opened.config, redactor);
    const first = firstRequest(loaded, opened.config, loaded.profile);
    const asked = first && livenessRequest(tested.key, first);
    if (!asked) return NONE;
    const { dto, answer } = await sendHttp(tested.key, asked, transportFor(opened.config, tested), redactor);
    const words = dto.error?.message ?? `HTTP ${dto.status}`;
    return { outcome: answer ? judgeLiveness(tested.key, answer) : "unknown", words };
  } catch (error) {
    if (error instanceof Unsupported) return { ...NONE, words: redactor.clip(error.message) };
    throw error;
  }
}

function firstRequest(loaded: Loaded, config: Parameters<typeof buildRequests>[0], profile: TargetProfile) {
  const phases = markedPhases(undefined, "firing", new Date());
  const [first] = buildRequests(config, profile, optionsFor(loaded, phases)).requests;
  return first && !("smtp" in first) ? first : null;
}

async function askSmarthost(config: Parameters<typeof mailSettingsOf>[0], redactor: Redactor): Promise<Told> {
  try {
    const outcome = await checkMail(mailSettingsOf(config));
    return outcome === "works" ? { outcome, words: "AUTH" } : NONE;
  } catch (error) {
    if (error instanceof SmtpRefusal) {
      const outcome = error.code !== null && error.code >= 500 && error.code < 600 ? "refused" : "unknown";
      return { outcome, words: redactor.clip(error.message) };
    }
    if (error instanceof AppError) return { outcome: "unknown", words: redactor.clip(error.message) };
    throw error;
  }
}
