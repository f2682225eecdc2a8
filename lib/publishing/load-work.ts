import { type ConfigDocument, forgetSources, renderForTarget, type TargetOptions } from "@/lib/alertmanager";
import { originsOf, readRevision } from "@/lib/configuration";
import { type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { openSecrets } from "@/lib/secrets";
import { type OpenPlace, openTargets, templateFolderName } from "@/lib/targets";
import type { PublicationError } from "./contract";
import type { Lease } from "./lease";
import { locateWords } from "./locate-words";
import type { PlaceWork, Work } from "./world";

/** The revision, rendered for each place with its secrets opened. The same revision always gives the same bytes. */
export async function loadWork(lease: Lease): Promise<Work> {
  const targets = await openTargets(lease.tenantId);
  if (targets.length === 0) throw new AppError("not_ready", "This tenant has no target to publish to.");
  const { document, secrets, ...accepted } = await loadRevision(lease);
  return {
    places: targets.flatMap(({ places, profile }) =>
      places.map((place) => renderAt(place, document, { secrets, profile })),
    ),
    replicas: targets.flatMap(({ replicas }) => replicas),
    ...accepted,
  };
}

function renderAt(place: OpenPlace, document: ConfigDocument, options: TargetOptions): PlaceWork {
  const templateDir = templateFolderName(place.path, document.templates);
  const { yaml, templates } = renderForTarget(document, { ...options, ...(templateDir ? { templateDir } : {}) });
  forgetSources();
  return { place, next: { text: yaml, templates }, secrets: Object.values(options.secrets) };
}

/** Enough for the way back: where the files lie. Their bytes are in the journal. */
export async function loadPlaces({ tenantId }: Lease): Promise<Work> {
  const targets = await openTargets(tenantId);
  const next = { text: "", templates: [] };
  return {
    places: targets.flatMap(({ places }) => places).map((place) => ({ place, next, secrets: [] })),
    replicas: targets.flatMap(({ replicas }) => replicas),
    overwriteDrift: false,
    overwriteAt: [],
    origins: [],
  };
}

/** Adds the place in the configuration that the target's words mean. */
export async function explain(lease: Lease, error: PublicationError): Promise<PublicationError> {
  if (error.upstream === undefined) return error;
  const { document } = await withTenant(lease.tenantId, (tx) => findRevision(tx, lease));
  const path = locateWords(error.upstream, document.config);
  return path === null ? error : { ...error, path: [...path] };
}

function loadRevision(lease: Lease) {
  return withTenant(lease.tenantId, async (tx) => {
    const { secretRefs, changeId, ...rest } = await findRevision(tx, lease);
    const origins = changeId === null ? [] : await originsOf(tx, lease.tenantId, changeId);
    return { ...rest, origins, secrets: await openSecrets(tx, lease.tenantId, secretRefs) };
  });
}

async function findRevision(tx: Transaction, { tenantId, publicationId }: Lease) {
  const { revision, overwriteDrift, overwriteAt, changeId } = await tx.publication.findUniqueOrThrow({
    where: { id: publicationId },
  });
  const { document, secretRefs } = await readRevision(tx, tenantId, revision);
  return { overwriteDrift, overwriteAt, changeId, document, secretRefs };
}
