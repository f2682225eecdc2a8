import { readFileSync } from "node:fs";
import { openTargets } from "@/lib/targets";
import { finishPublication } from "../finish-publication";
import { OUTSIDE } from "../outside-world";
import type { Surroundings } from "../run-publication";
import type { Work } from "../world";

/** The real world and the real journal; only the text to publish comes from a file instead of a revision. */
export function fileSurroundings(textFile: string): Surroundings {
  async function loadWork({ tenantId }: { tenantId: string }): Promise<Work> {
    const targets = await openTargets(tenantId);
    const { text, templates } = JSON.parse(readFileSync(textFile, "utf8"));
    return {
      places: targets
        .flatMap(({ places }) => places)
        .map((place) => ({ place, next: { text, templates }, secrets: [] })),
      replicas: targets.flatMap(({ replicas }) => replicas),
      overwriteDrift: false,
      overwriteAt: [],
      origins: [],
    };
  }
  return {
    world: OUTSIDE,
    loadWork,
    loadPlaces: loadWork,
    explain: async (_lease, error) => error,
    finish: finishPublication,
  };
}
