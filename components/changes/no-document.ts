import type { ConfigDocument } from "@/lib/alertmanager";

/** What there was before the first revision. */
export const NO_DOCUMENT: ConfigDocument = { config: {}, templates: [], source: null };
