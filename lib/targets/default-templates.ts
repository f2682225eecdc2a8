import { createHash, randomUUID } from "node:crypto";
import {
  type DefaultsFit,
  judgeDefaults,
  PROFILE_IDS,
  profileFor,
  type TargetProfile,
  type TemplateFile,
} from "@/lib/alertmanager";
import { append } from "@/lib/audit";
import { type Transaction, withTenant } from "@/lib/database";
import { folderTemplatesFor, templatesFolder } from "@/lib/default-templates";
import { AppError } from "@/lib/errors";
import { PLATFORM_LOG, parseInput, query, type TenantContext } from "@/lib/tenancy";
import {
  type AllDefaultTemplates,
  type DefaultTemplatesDto,
  type TargetTemplates,
  targetTemplatesQuerySchema,
  uploadDefaultTemplatesSchema,
} from "./contract";
import type { Operator } from "./operator";
import { type Found, findUploaded, forgetUploaded, keepUploaded } from "./uploaded-templates";

export type DefaultTemplates = ReadonlyMap<TargetProfile, readonly TemplateFile[]>;

const VERSIONS = [...new Set(PROFILE_IDS.map((id) => profileFor(id).version))];

/** What the page of mails and the short templates of a profile are rendered with; null: with those built in. */
export async function defaultTemplatesFor(profile: TargetProfile): Promise<readonly TemplateFile[] | null> {
  return (await find(profile)).files;
}

/** The same for several profiles; those that have none are left out. */
export async function defaultTemplatesOf(profiles: readonly TargetProfile[]): Promise<DefaultTemplates> {
  const files = await Promise.all(profiles.map(defaultTemplatesFor));
  return new Map(profiles.flatMap((profile, index) => (files[index] ? [[profile, files[index]] as const] : [])));
}

async function find(profile: TargetProfile): Promise<Found> {
  const uploaded = await findUploaded(profile.version);
  if (uploaded) return uploaded;
  const installed = folderTemplatesFor(profile);
  return installed ? { source: "folder", ...installed } : { source: "built_in", files: null };
}

const mayView = query({ permission: "targets:view", input: targetTemplatesQuerySchema }, async (_tx, input) => input);

/** The same for a tenant's browser, which renders by itself. */
export async function readTargetTemplates(ctx: TenantContext, input: { profile: string }): Promise<TargetTemplates> {
  const { profile } = await mayView(ctx, input);
  const { source, files } = await find(knownProfile(profile));
  return { source, files: [...(files ?? [])] };
}

/** Every version that a target may have, for the operators of the installation; the caller has made sure that it is one. */
export async function listDefaultTemplates(): Promise<AllDefaultTemplates> {
  const versions = await Promise.all(VERSIONS.map(shown));
  return { ...templatesFolder(), versions: versions.toReversed() };
}

/** Keeps the files of one version's installation for all tenants. Files of another version are kept, and it is said. */
export async function uploadDefaultTemplates(
  operator: Operator,
  version: string,
  input: unknown,
): Promise<DefaultTemplatesDto> {
  const { defaultTmpl, emailTmpl } = parseInput(uploadDefaultTemplatesSchema, input);
  const files = [
    { name: "default.tmpl", content: defaultTmpl },
    { name: "email.tmpl", content: emailTmpl },
  ];
  const { problems, page } = bestFit(files, knownVersion(version));
  const [problem] = problems;
  if (problem) {
    const issues = [{ path: [problem.name === "email.tmpl" ? "emailTmpl" : "defaultTmpl"], message: problem.error }];
    throw new AppError("invalid_input", `Alertmanager ${version} would not read ${problem.name}.`, { issues });
  }
  if (!page) {
    const issues = [{ path: ["emailTmpl"], message: 'It has to define "email.default.html".' }];
    throw new AppError("invalid_input", "The page of mails is not in these files.", { issues });
  }
  const digest = createHash("sha256").update(`${defaultTmpl}\0${emailTmpl}`).digest("hex");
  const row = { version, defaultTmpl, emailTmpl, digest, uploadedBy: operator.id, uploadedAt: new Date() };
  await recorded(operator, "DefaultTemplatesUploaded", { version, digest }, (tx) => keepUploaded(tx, row));
  return shown(version);
}

/** From then on they are what the folder holds, or ours. */
export async function removeDefaultTemplates(operator: Operator, version: string): Promise<void> {
  knownVersion(version);
  await recorded(operator, "DefaultTemplatesRemoved", { version }, async (tx) => {
    if (await forgetUploaded(tx, version)) return;
    throw new AppError("not_found", "Nothing was uploaded for this version.");
  });
}

async function recorded(
  { id, requestId }: Operator,
  type: string,
  data: { version: string; digest?: string },
  work: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const author = { tenantId: PLATFORM_LOG, actor: id, requestId };
  await withTenant(PLATFORM_LOG, async (tx) => {
    await work(tx);
    await append(tx, author, { type: "platform", id: randomUUID() }, 0, [{ type, data }], new Date());
  });
}

async function shown(version: string): Promise<DefaultTemplatesDto> {
  const profiles = knownVersion(version);
  const found = await find(profiles.at(-1)!);
  const { fits, missing, differing, unexpected } = found.files ? bestFit(found.files, profiles) : FITTING;
  const uploaded = found.source === "uploaded" ? { uploadedAt: found.uploadedAt.toISOString() } : {};
  const folder = found.source === "folder" ? { folder: found.folder } : {};
  const otherVersion = { missing: [...missing], differing: [...differing], unexpected: [...unexpected] };
  return { version, source: found.source, ...uploaded, ...folder, fits, otherVersion };
}

const FITTING: DefaultsFit = { fits: true, page: true, problems: [], missing: [], differing: [], unexpected: [] };

/** A version may have been built in several ways; its files are of one of them. */
function bestFit(files: readonly TemplateFile[], profiles: readonly TargetProfile[]): DefaultsFit {
  const judged = profiles.map((profile) => judgeDefaults(files, profile));
  return judged.find(({ fits }) => fits) ?? judged.at(-1)!;
}

function knownVersion(version: string): TargetProfile[] {
  const profiles = PROFILE_IDS.map(profileFor).filter((profile) => profile.version === version);
  if (profiles.length > 0) return profiles;
  throw new AppError("not_found", `Versions are ${VERSIONS.join(", ")}.`);
}

function knownProfile(id: string): TargetProfile {
  try {
    return profileFor(id);
  } catch (cause) {
    throw new AppError("invalid_input", cause instanceof Error ? cause.message : "No such profile.", {}, { cause });
  }
}
